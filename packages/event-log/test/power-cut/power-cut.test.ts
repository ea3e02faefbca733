import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { ScratchLogs } from '../../src/pglite/testing/scratch-log.ts';
import { Disk, writeImage, type Image } from '../storage/disk.ts';
import { operationsIn } from '../storage/operation.ts';
import { randomOf, SEED } from '../storage/random.ts';
import { withScratchFolder } from '../storage/scratch-folder.ts';
import { Tally } from '../storage/tally.ts';
import { judge } from '../storage/verdict.ts';
import { TABLES } from '../victim/job.ts';
import { cutsOf, type Choice } from './cuts.ts';
import { recordRun, type RecordedRun } from './recorded-run.ts';

/** How many syncs the power fails before; `Infinity` for all of the run, an hour. */
const CUTS = Number(process.env['RETRACE_CUTS'] ?? 16);

jest.setTimeout(CUTS === Infinity ? 24 * 3_600_000 : 300_000 + CUTS * 20_000);

const scratch = new ScratchLogs();
afterAll(() => scratch.dispose());

/** First start, a checkpoint, a kill; recovery, a kill; recovery, an orderly end; an orderly start and end. */
const LIVES = ['work-much', 'work', 'close', 'close'] as const;

async function cutAndJudge(run: RecordedRun, choice: Choice, tally: Tally): Promise<void> {
  for (const { name, image, acknowledged } of cutsOf(run.record, choice)) {
    await withScratchFolder(async (folder) => {
      const directory = join(folder, 'log');
      writeImage(image, directory);
      tally.add(name, await judge(directory, { acknowledged, events: run.events, tables: TABLES }));
    });
  }
}

/** What lies in a directory, but for the sockets of its owners. */
function imageOf(directory: string): Image {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  const image = new Map<string, Uint8Array | 'directory'>([['', 'directory']]);
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(directory, path);
    if (!name.startsWith('owner')) image.set(name, entry.isDirectory() ? 'directory' : readFileSync(path));
  }
  return image;
}

describe('a power cut', () => {
  it(`takes no acknowledged event, before ${CUTS} syncs and between them`, async () => {
    const recorded = await recordRun(await scratch.directory(), 'power', LIVES);

    // What was recorded is everything that was done.
    const disk = new Disk();
    for (const operation of operationsIn(recorded.record)) disk.apply(operation);
    const made = disk.after({ kind: 'everything' });
    const found = imageOf(recorded.directory);
    expect([...made.keys()].sort()).toEqual([...found.keys()].sort());
    expect(
      [...found].filter(([path, bytes]) => Buffer.compare(bytesOf(bytes), bytesOf(made.get(path))) !== 0),
    ).toEqual([]);

    const tally = new Tally('power cut');
    await cutAndJudge(recorded, { syncs: CUTS, others: CUTS / 4, random: randomOf(SEED) }, tally);
    console.info(String(tally));
    expect(tally.faults).toEqual([]);
    expect(tally.judged).toBeGreaterThanOrEqual(Math.min(CUTS, 1000));
  });

  it('takes acknowledged events from stock PGlite, which never syncs', async () => {
    const tally = new Tally('power cut, stock PGlite');
    const recorded = await recordRun(await scratch.directory(), 'process', ['work', 'close']);
    await cutAndJudge(recorded, { syncs: 1, others: 6, random: randomOf(SEED) }, tally);
    console.info(String(tally));
    expect(tally.lost + tally.inconsistent).toBeGreaterThan(tally.judged / 4);
    expect(tally.lost).toBeGreaterThan(0);
  });
});

function bytesOf(stored: Uint8Array | 'directory' | undefined): Uint8Array {
  return stored === undefined || stored === 'directory' ? new Uint8Array() : stored;
}
