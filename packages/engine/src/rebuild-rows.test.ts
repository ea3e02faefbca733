import { describe, expect, it } from '@jest/globals';
import type { RowChange } from '@retrace/event-log';
import { memoryLog, run } from '../test/engine-run.ts';
import { NOTHING_FOLDED } from './projection.ts';
import { foldLog } from './fold-log.ts';
import { rebuildRows } from './rebuild-rows.ts';
import { foldedFromRows, sessionsTable } from './session-rows.ts';

/** A log with two sessions and their rows, the newest event not in the rows yet; `said` of them is written instead. */
async function logWithRows(said: (stored: Pick<RowChange, 'upserts'>) => Partial<RowChange> = () => ({})) {
  const log = memoryLog();
  const { manager } = await run(log);
  for (const name of ['A', 'B']) await manager.createSession({ provider: 'custom', name });
  await manager.settled();
  const { rows, ...facts } = await log.rows.read(sessionsTable.name);
  const [row] = manager.listSessions();
  if (row !== undefined) await manager.renameSession(row.id, 'Renamed');
  await manager.destroy();
  const written = { ...facts, table: sessionsTable.name, upserts: rows, deletes: [], clear: true } as const;
  await log.rows.write({ ...written, ...said(written) });
  return { log, position: facts.position };
}

describe('rebuildRows', () => {
  it('finds rows that are right for their position the same, and writes them up to the newest event', async () => {
    const { log, position } = await logWithRows();
    const { folded, before } = await rebuildRows(log);
    expect(before).toEqual({ kind: 'same', position });
    expect(folded).toEqual(await foldLog(log, NOTHING_FOLDED));
    expect(foldedFromRows(await log.rows.read(sessionsTable.name))).toEqual(folded);
    expect((await rebuildRows(log)).before).toEqual({ kind: 'same', position: position + 1 });
  });

  it.each<[string, Parameters<typeof logWithRows>[0], object]>([
    [
      'different when one is missing',
      ({ upserts }) => ({ upserts: upserts.slice(1) }),
      { kind: 'different' },
    ],
    [
      'different when one says something else',
      ({ upserts }) => ({ upserts: upserts.map((row) => ({ ...row, name: 'Other' })) }),
      { kind: 'different' },
    ],
    ['unusable when their state does not fit', () => ({ state: null }), { kind: 'unusable' }],
    [
      'unusable when they are ahead of the log',
      () => ({ position: 1_000 }),
      { kind: 'unusable', reason: 'it is ahead of the log' },
    ],
    ['none when they were never written', () => ({ position: 0, upserts: [] }), { kind: 'none' }],
  ])('finds rows %s, and mends them', async (_, said, expected) => {
    const { log, position } = await logWithRows(said);
    expect((await rebuildRows(log)).before).toMatchObject(expected);
    expect((await rebuildRows(log)).before).toEqual({ kind: 'same', position: position + 1 });
  });
});
