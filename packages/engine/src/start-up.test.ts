import { describe, expect, it } from '@jest/globals';
import type { EventLog, Row } from '@retrace/event-log';
import { laterAppend, memoryLog, recordsOf, run } from '../test/engine-run.ts';
import { sessionId } from '../test/recorded-events.ts';
import { NOTHING_FOLDED } from './projection.ts';
import { PROJECTION } from './projection-version.ts';
import { sessionsTable } from './session-rows.ts';
import { foldLog } from './fold-log.ts';
import { startFromLog } from './start-up.ts';

/** A log in which three sessions were made, the rows stored, and one of them renamed since. */
async function logWithTail(): Promise<EventLog> {
  const log = memoryLog();
  const first = await run(log);
  for (const name of ['A', 'B', 'C']) await first.manager.createSession({ provider: 'custom', name });
  await first.manager.settled();
  const stored = await log.rows.read(sessionsTable.name);
  const [row] = first.manager.listSessions();
  if (row !== undefined) await first.manager.renameSession(row.id, 'Renamed');
  await first.manager.destroy();
  // The rows as a crash would have left them: behind the log.
  await log.rows.write({
    ...stored,
    table: sessionsTable.name,
    upserts: stored.rows,
    deletes: [],
    clear: true,
  });
  return log;
}

/** Puts something else into the stored rows. */
async function tamper(log: EventLog, change: (row: Row) => Row, facts: object = {}): Promise<void> {
  const stored = await log.rows.read(sessionsTable.name);
  await log.rows.write({
    table: sessionsTable.name,
    position: stored.position,
    state: stored.state,
    upserts: stored.rows.map(change),
    deletes: [],
    clear: true,
    ...facts,
  });
}

/** The state of rows, with something else in it. */
function stateWith(said: object): object {
  return { projection: PROJECTION, activeSessionId: null, unread: 0, otherVersions: {}, ...said };
}

async function startWithNotices(log: EventLog) {
  const notices: string[] = [];
  const start = await startFromLog(log, (notice) => notices.push(notice));
  return { ...start, notices };
}

describe('startFromLog', () => {
  it('folds the tail onto the rows, and keeps the rows that nothing happened to', async () => {
    const log = await logWithTail();
    const { folded, stored, notices } = await startWithNotices(log);
    expect(folded).toEqual(await foldLog(log, NOTHING_FOLDED));
    const kept = Object.values(folded.table.sessions).map((row) => row === stored?.table.sessions[row.id]);
    expect(kept).toEqual([false, true, true]);
    expect(notices).toEqual([]);
  });

  it('begins with nothing on an empty log', async () => {
    expect(await startWithNotices(memoryLog())).toEqual({
      folded: NOTHING_FOLDED,
      stored: NOTHING_FOLDED,
      notices: [],
    });
  });

  it.each<[string, (row: Row) => Row, object]>([
    ['a row that does not fit', (row) => ({ ...row, provider: 'elsewhere' }), {}],
    ['a row with metadata of another shape', (row) => ({ ...row, metadata: {} }), {}],
    ['a state of another shape', (row) => row, { state: null }],
    ['rows ahead of the log', (row) => row, { position: 1_000 }],
    ['a shown session without a row', (row) => row, { state: stateWith({ activeSessionId: sessionId(1) }) }],
    ['rows of another projection', (row) => row, { state: stateWith({ projection: '0' }) }],
  ])('rebuilds from the first event over %s, and says so', async (_, change, facts) => {
    const log = await logWithTail();
    await tamper(log, change, facts);
    const { folded, stored, notices } = await startWithNotices(log);
    expect(folded).toEqual(await foldLog(log, NOTHING_FOLDED));
    expect(stored).toBeNull();
    expect(notices).toEqual([expect.stringContaining('rebuilt from the log')]);
  });

  it('goes on from the version of a stream that no session has', async () => {
    const log = await logWithTail();
    await log.append(laterAppend('workspace'));
    const { manager } = await run(log);
    await manager.destroy();
    const { folded, stored, notices } = await startWithNotices(log);
    expect(folded).toMatchObject({ unread: 1, versions: { workspace: 1 } });
    expect(stored).toEqual(await foldLog(log, NOTHING_FOLDED));
    expect(notices).toEqual([]);
  });

  it('writes rebuilt rows, so that the next start has nothing to say', async () => {
    const log = await logWithTail();
    await tamper(log, (row) => ({ ...row, provider: 'elsewhere' }));
    const { manager } = await run(log);
    await manager.destroy();
    const { folded, stored, notices } = await startWithNotices(log);
    expect(stored).toEqual(folded);
    expect(notices).toEqual([]);
  });

  it('lets other work run while it folds a long log', async () => {
    const log = memoryLog();
    const { manager, host } = await run(log);
    const { id } = await manager.createSession({ provider: 'custom', name: 'A', url: 'https://a.example/' });
    for (let page = 0; page < 1_000; page += 1) host.click(id, `https://a.example/${page}`);
    await manager.settled();
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 0);
    const folded = await foldLog(log, NOTHING_FOLDED);
    clearInterval(timer);
    expect(folded.table).toEqual(manager.table);
    expect((await recordsOf(log)).length).toBeGreaterThan(1_000);
    expect(turns).toBeGreaterThan(0);
    await manager.destroy();
  });
});
