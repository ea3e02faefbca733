import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pages } from './pages.ts';
import { CaseRunner, chromium, electron } from './runtime.ts';

/** `npm run conformance -- --runtime=electron` says it through the environment. */
const wanted = process.env['CONFORMANCE_RUNTIME'];
const runtimes = [chromium, electron()].filter(({ name }) => wanted === undefined || wanted === name);

describe.each(runtimes)('on $name', (runtime) => {
  if ('notRun' in runtime) {
    it.todo(`not run: ${runtime.notRun}`);
    return;
  }
  describe.each(pages)('$name', ({ name, cases }) => {
    let runner: CaseRunner;
    beforeAll(async () => {
      runner = await CaseRunner.start(runtime);
    });
    afterAll(() => runner.end());

    const expectToHold = async (index: number) => {
      expect(await runner.run({ page: name, index })).toBe('holds');
    };

    for (const [index, { heading, states, differs }] of cases.entries()) {
      // A difference that the support table names must be there: when it has gone, the table has to say so.
      if (differs !== undefined && runtime.name === 'chromium')
        it.failing(`${heading}: ${states}`, () => expectToHold(index));
      else it(`${heading}: ${states}`, () => expectToHold(index));
    }
  });
});
