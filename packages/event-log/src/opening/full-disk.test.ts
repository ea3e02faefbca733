import { execFileSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { positionsOf, range, recordsIn, sampleAppend, sampleEvent } from '../contract/index.ts';
import type { PgliteLog } from '../pglite/pglite-log.ts';
import { ScratchLogs } from '../pglite/testing/scratch-log.ts';

const scratch = new ScratchLogs();
const mounted: string[] = [];
const opened: PgliteLog[] = [];

// The first statement after a write that failed spins until the watchdog ends it.
jest.setTimeout(180_000);

afterEach(async () => {
  await Promise.all(opened.splice(0).map((log) => log.close()));
  for (const directory of mounted.splice(0)) execFileSync('umount', [directory]);
  await scratch.dispose();
});

/** A file system of its own, in memory. */
async function disk(megabytes: number): Promise<string> {
  const directory = await scratch.directory();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'retrace-test', directory]);
  mounted.push(directory);
  return directory;
}

/** Appends until the disk is full; the positions that were acknowledged. */
async function appendUntilFull(log: PgliteLog): Promise<number[]> {
  const acknowledged: number[] = [];
  for (;;) {
    try {
      const { events } = await log.append(sampleAppend({ events: [sampleEvent('x'.repeat(500_000))] }));
      acknowledged.push(...positionsOf(events));
    } catch (error) {
      expect(error).toMatchObject({ code: 'LogNotWritable' });
      return acknowledged;
    }
  }
}

// Only root may mount.
const asRoot = process.getuid?.() === 0 ? describe : describe.skip;

asRoot('a log on a disk', () => {
  it('that is full refuses the append as LogNotWritable, loses nothing acknowledged, and goes on when there is room', async () => {
    const directory = await disk(64);
    const ballast = join(directory, 'ballast');
    const log = await scratch.open(directory, { answerLimitMs: 20_000 });
    opened.push(log);
    await log.append(sampleAppend());
    await writeFile(ballast, new Uint8Array(24 * 1024 * 1024));

    const acknowledged = await appendUntilFull(log);
    await rm(ballast);

    const { events } = await log.append(sampleAppend());
    const head = events[0]?.position ?? 0;
    expect(acknowledged.at(-1)).toBeLessThan(head);
    expect(positionsOf(await recordsIn(log))).toEqual(range(1, head));
  });

  it('that is read-only is refused as LogNotWritable', async () => {
    const directory = await disk(64);
    const log = await scratch.open(directory);
    await log.close();
    execFileSync('mount', ['-o', 'remount,ro', directory]);

    await expect(scratch.open(directory)).rejects.toMatchObject({ code: 'LogNotWritable' });
  });
});
