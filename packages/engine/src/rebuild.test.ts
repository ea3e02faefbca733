import { describe, expect, it } from '@jest/globals';
import type { EventLog } from '@retrace/event-log';
import type { SessionTable } from '@retrace/protocol';
import { EMPTY_TABLE } from '@retrace/protocol';
import { applyPatches, enablePatches } from 'immer';
import fc from 'fast-check';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDiskLog } from '../test/disk-log.ts';
import { memoryLog, recordsOf, run } from '../test/engine-run.ts';
import { evolve } from './evolve.ts';
import { NOTHING_FOLDED } from './projection.ts';
import { foldedFromRows, sessionsTable } from './session-rows.ts';
import { foldLog } from './fold-log.ts';
import { foldUpTo } from './session-snapshots.ts';
import { stateHash } from './state-hash.ts';
import { startFromLog } from './start-up.ts';
import { readEvent } from './stored-events.ts';
import type { Deed } from './testing/index.ts';
import { carryOut, deedArbitrary } from './testing/index.ts';

enablePatches();

/** Carries deeds out in two runs, the second a start on what the first left, and gives the tables by position. */
async function live(log: EventLog, deeds: readonly Deed[]): Promise<Map<number, SessionTable>> {
  const tables = new Map<number, SessionTable>([[0, EMPTY_TABLE]]);
  for (const half of [deeds.slice(0, deeds.length / 2), deeds.slice(deeds.length / 2)]) {
    const { manager, host, notices } = await run(log, { maxLiveViews: 3 });
    let patched = manager.table;
    manager.table$.subscribe((table) => tables.set(table.position, table));
    manager.patches$.subscribe(({ from, patches }) => {
      expect(from).toBe(patched.position);
      patched = applyPatches(
        patched,
        patches.map((patch) => ({ ...patch, path: [...patch.path] })),
      );
    });
    for (const deed of half) await carryOut(deed, manager, host);
    await manager.settled();
    expect(patched).toEqual(manager.table);
    await manager.destroy();
    expect(notices).toEqual([]);
  }
  return tables;
}

async function expectRebuildEqualsLive(log: EventLog, deeds: readonly Deed[]): Promise<void> {
  const tables = await live(log, deeds);
  let table = EMPTY_TABLE;
  for (const record of await recordsOf(log)) {
    const event = readEvent(record);
    if (event === null) throw new Error(`Position ${record.position} cannot be read.`);
    table = evolve(table, event);
    // Commands that append several events at once make one step.
    const then = tables.get(record.position);
    if (then !== undefined) expect(then).toEqual(table);
  }
  expect(tables.get(table.position)).toEqual(table);
  const rows = foldedFromRows(await log.rows.read(sessionsTable.name));
  const rebuilt = await foldLog(log, NOTHING_FOLDED);
  expect(rebuilt.table).toEqual(table);
  if (table.position > 0) expect(rows).toEqual(rebuilt);
  const middle = Math.ceil(table.position / 2);
  const then = await foldLog(log, NOTHING_FOLDED, { before: middle + 1 });
  for (const every of [3, 10]) expect(await foldUpTo(log, middle, { every })).toEqual(then);
  const notices: string[] = [];
  expect((await startFromLog(log, (notice) => notices.push(notice))).folded).toEqual(rebuilt);
  expect(notices).toEqual([]);
}

/** Looks at every moment of a log, each time twice: by the snapshots of this cadence, kept on the way, and once more. */
async function expectEveryPrefixEqual(log: EventLog, every: number): Promise<void> {
  let folded = NOTHING_FOLDED;
  for (let position = 1; position <= (await log.head()); position += 1) {
    folded = await foldLog(log, folded, { before: position + 1 });
    const hash = await stateHash(folded);
    expect(await stateHash(await foldUpTo(log, position, { every }))).toBe(hash);
    expect(await stateHash(await foldUpTo(log, position, { every }))).toBe(hash);
  }
}

/** A log on a real PGlite, in a directory of its own that goes with it. */
async function withPgliteLog(use: (log: EventLog) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'retrace-rebuild-'));
  const log = await openDiskLog(join(directory, 'log'));
  try {
    await use(log);
  } finally {
    await log.close();
    await rm(directory, { recursive: true });
  }
}

describe('rebuild equals live', () => {
  it('on the log in memory, for every prefix of any deeds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deedArbitrary, { minLength: 1, maxLength: 60, size: 'max' }), (deeds) =>
        expectRebuildEqualsLive(memoryLog(), deeds),
      ),
      { numRuns: 60 },
    );
  });

  it('for every prefix and every cadence of snapshots, kept live or looked for later', async () => {
    const cadence = fc.constantFrom(1, 2, 3, 7, 20, 1_000);
    await fc.assert(
      fc.asyncProperty(
        fc.array(deedArbitrary, { minLength: 1, maxLength: 40, size: 'max' }),
        cadence,
        cadence,
        async (deeds, live, later) => {
          const log = memoryLog();
          const { manager, host } = await run(log, { maxLiveViews: 3, snapshotEvery: live });
          for (const deed of deeds) await carryOut(deed, manager, host);
          await manager.destroy();
          await expectEveryPrefixEqual(log, later);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('on PGlite, with the rows as SQL keeps them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deedArbitrary, { minLength: 20, maxLength: 60, size: 'max' }), (deeds) =>
        withPgliteLog((log) => expectRebuildEqualsLive(log, deeds)),
      ),
      { numRuns: 3 },
    );
    // Each run makes and opens a cluster, which a busy machine takes long for.
  }, 240_000);
});
