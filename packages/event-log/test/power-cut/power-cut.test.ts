import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { CLUSTER_NAME } from '../../src/pglite/cluster-name.ts';
import { FROZEN_EVENTS, installSchema1 } from '../../src/pglite/testing/schema-1.ts';
import { ScratchLogs } from '../../src/pglite/testing/scratch-log.ts';
import { Disk } from '../storage/disk.ts';
import { differences, imageOf, writeImage } from '../storage/image.ts';
import { operationsIn } from '../storage/operation.ts';
import { randomOf, SEED } from '../storage/random.ts';
import { withScratchFolder } from '../storage/scratch-folder.ts';
import { Tally } from '../storage/tally.ts';
import { judge } from '../storage/verdict.ts';
import { TABLES } from '../victim/job.ts';
import { cutsOf, type Choice } from './cuts.ts';
import { recordRun, type RecordedRun } from './recorded-run.ts';

/** How many syncs of a run the power fails before; `Infinity` for all of them, some hours. */
const CUTS = Number(process.env['RETRACE_CUTS'] ?? 16);

jest.setTimeout(CUTS === Infinity ? 24 * 3_600_000 : 300_000 + CUTS * 20_000);

const scratch = new ScratchLogs();
afterAll(() => scratch.dispose());

/** @param head positions up to this one were acknowledged before the run */
async function cutAndJudge(run: RecordedRun, choice: Choice, tally: Tally, head = 0): Promise<void> {
  for (const { name, image, acknowledged } of cutsOf(run, choice)) {
    await withScratchFolder(async (folder) => {
      const directory = join(folder, 'log');
      writeImage(image, directory);
      const expected = { acknowledged: Math.max(head, acknowledged), events: run.events, tables: TABLES };
      tally.add(name, await judge(directory, expected));
    });
  }
  console.info(String(tally));
}

/** What was recorded is everything that was done. */
function expectWholeRecord({ before, record, directory }: RecordedRun): void {
  const disk = new Disk(before);
  for (const operation of operationsIn(record)) disk.apply(operation);
  expect(differences(disk.after({ kind: 'everything' }), imageOf(directory))).toEqual([]);
}

describe('a power cut', () => {
  it(`takes no acknowledged event, before ${CUTS} syncs and between them`, async () => {
    // First start, a checkpoint, a kill; recovery, a kill; recovery, an orderly end; an orderly start and end.
    const lives = ['work-much', 'work', 'close', 'close'] as const;
    const run = await recordRun(await scratch.directory(), 'power', lives);
    expectWholeRecord(run);

    const tally = new Tally('power cut');
    await cutAndJudge(run, { syncs: CUTS, others: CUTS / 4, random: randomOf(SEED) }, tally);

    expect(tally.faults).toEqual([]);
    expect(tally.judged).toBeGreaterThanOrEqual(Math.min(CUTS, 1000));
  });

  it('takes no event from a log that is upgraded from the first schema', async () => {
    const run = await recordRun(await scratch.directory(), 'power', ['close'], (directory) =>
      installSchema1(join(directory, CLUSTER_NAME), 300),
    );
    expectWholeRecord(run);

    const tally = new Tally('power cut during an upgrade');
    const choice = { syncs: CUTS / 4, others: CUTS / 4, random: randomOf(SEED) };
    await cutAndJudge(run, choice, tally, FROZEN_EVENTS + 300);

    expect(tally.faults).toEqual([]);
  });

  it('leaves a log that starts, even where the file of its last process is there and empty', async () => {
    const directory = await scratch.directory();
    await (await scratch.open(directory)).close();
    await writeFile(join(directory, CLUSTER_NAME, 'postmaster.pid'), '');

    expect(await judge(directory, { acknowledged: 0, events: [], tables: TABLES })).toEqual({
      kind: 'whole',
    });
  });

  it('takes acknowledged events from stock PGlite, which never syncs', async () => {
    const run = await recordRun(await scratch.directory(), 'process', ['work', 'close']);

    const tally = new Tally('power cut, stock PGlite');
    await cutAndJudge(run, { syncs: 1, others: 6, random: randomOf(SEED) }, tally);

    expect(tally.lost).toBeGreaterThan(0);
    expect(tally.lost + tally.inconsistent).toBeGreaterThan(tally.judged / 4);
  });
});
