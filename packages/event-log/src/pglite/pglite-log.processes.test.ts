import { readdir } from 'node:fs/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { positionsOf, range, recordsIn, sampleAppend } from '../contract/index.ts';
import { LogProcess } from './testing/spawn-log.ts';
import { ScratchLogs } from './testing/scratch-log.ts';

const scratch = new ScratchLogs();
const processes: LogProcess[] = [];

function start(directory: string): LogProcess {
  const process = new LogProcess(directory);
  processes.push(process);
  return process;
}

afterEach(async () => {
  await Promise.all(processes.splice(0).map((process) => process.kill()));
  await scratch.dispose();
});

// Each process takes a second or two to start, and many times that on a busy machine.
jest.setTimeout(180_000);

describe('a log and several processes', () => {
  it('refuses a second process, which leaves the first unharmed', async () => {
    const directory = await scratch.directory();
    const log = await scratch.open(directory);
    await log.append(sampleAppend());

    const second = start(directory);

    expect(await second.line('refused', 'owns')).toMatch(
      new RegExp(`^refused LogOwned .*process ${process.pid}\\b`),
    );
    await log.append(sampleAppend());
    expect(positionsOf(await recordsIn(log))).toEqual([1, 2]);
  });

  it('has every acknowledged event after kill -9, and opens at once', async () => {
    const directory = await scratch.directory();
    let head = 0;
    for (const acknowledgements of [1, 40]) {
      const owner = start(directory);
      await owner.line(`acknowledged ${head + acknowledgements}`, 'refused');
      await owner.kill();
      const newest = owner.acknowledged.at(-1) ?? 0;

      const log = await scratch.open(directory);
      head = await log.head();
      await log.close();

      expect(newest).toBeGreaterThanOrEqual(acknowledgements);
      // One more may have been committed and not said.
      expect([newest, newest + 1]).toContain(head);
    }
    const log = await scratch.open(directory);
    const records = await recordsIn(log);
    expect(positionsOf(records)).toEqual(range(1, head));
    expect(records.map((record) => record.version)).toEqual(range(1, head));
  });

  it('opens after kills at random moments of its first start', async () => {
    // From the time when the template is unpacked to that when PostgreSQL starts, as long as this machine takes now.
    const begun = performance.now();
    const measured = start(await scratch.directory());
    await measured.line('owns', 'refused');
    const startMs = performance.now() - begun;
    await measured.kill();

    const directory = await scratch.directory();
    for (const fraction of [0.6, 0.75, 0.9]) {
      const victim = start(directory);
      await new Promise((resolve) => setTimeout(resolve, startMs * fraction));
      await victim.kill();
    }

    const log = await scratch.open(directory);
    await expect(log.append(sampleAppend())).resolves.toMatchObject({ repeated: false });
    expect((await readdir(directory)).sort()).toEqual(['owner', 'pg18']);
  });
});
