import { execFile } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commandLine } from './app/retrace.ts';
import { Stage } from './app/stage.ts';

interface Ending {
  readonly code: number | null;
  readonly output: string;
}

/** Starts the application as from a shell and waits for its end. */
function runToItsEnd(userData: string): Promise<Ending> {
  const { executable, args } = commandLine({ userData });
  return new Promise((resolve) => {
    const child = execFile(executable, args, { timeout: 30_000 }, (_, stdout, stderr) => {
      resolve({ code: child.exitCode, output: stdout + stderr });
    });
  });
}

describe('a second instance on the same data', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open();
    await stage.openSession('First', '/page/1');
  });
  afterAll(() => stage.close());

  it('is refused with a sentence, and the first one goes on unharmed', async () => {
    const before = await stage.retrace.api.events();
    const { code, output } = await runToItsEnd(stage.userData);
    expect(code).not.toBeNull();
    expect(output).toMatch(/Retrace is (already|running)[^\n]*\./i);
    expect(output).not.toMatch(/\n\s+at /);

    expect(await stage.retrace.api.events()).toEqual(before);
    const { session } = await stage.retrace.api.sessions('create', { provider: 'custom', name: 'Later' });
    expect(await stage.retrace.api.row(session.id)).toMatchObject({ name: 'Later' });
  });

  it('and all that the first one wrote is there at the next start', async () => {
    const before = await stage.retrace.api.events();
    await stage.restart({ after: 'quit' });
    expect(await stage.retrace.api.events()).toEqual(before);
  });
});
