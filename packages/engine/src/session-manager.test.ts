import { describe, expect, it } from '@jest/globals';
import { LogError } from '@retrace/event-log';
import { EMPTY_TABLE } from '@retrace/protocol';
import type { TableChange } from '@retrace/protocol';
import { laterAppend, memoryLog, recordsOf, run, storyOf } from '../test/engine-run.ts';
import { sessionId } from '../test/recorded-events.ts';
import { SessionManager } from './session-manager.ts';
import { sessionsTable } from './session-rows.ts';
import { FakeViewHost } from './testing/index.ts';

const work = { provider: 'custom', name: 'Work', url: 'https://a.example/' } as const;

describe('SessionManager', () => {
  it('carries a session from its creation to its return from the trash in a later run', async () => {
    const { log, manager, host, notices } = await run();
    const { id } = await manager.createSession(work);
    await manager.activateSession(id);
    await manager.navigateSession(id, 'https://b.example/');
    await manager.settled();
    host.click(id, 'https://b.example/2');
    await manager.settled();
    await manager.deleteSession(id);
    await manager.destroy();
    const later = await run(log);
    expect(later.manager.listSessions()).toEqual([]);
    expect((await later.manager.undo()).label).toBe('Deleted “Work”');
    await later.manager.settled();
    expect(later.host.shown).toBe(id);
    expect(later.host.listOf(id)?.index).toBe(2);
    expect(await storyOf(log)).toEqual([
      'user SessionCreated',
      'page SessionPageDescribed',
      'user SessionActivated',
      'user SessionNavigated typed',
      'page SessionPageDescribed',
      'page SessionNavigated link',
      'user SessionDeleted',
      'undo SessionRestored',
    ]);
    expect([...notices, ...later.notices]).toEqual([]);
  });

  it('gives a created session a partition of its own, and says what it is', async () => {
    const { manager } = await run();
    const row = await manager.createSession({ provider: 'claude', name: ' Work ' });
    expect(row).toMatchObject({
      name: 'Work',
      partition: `persist:claude-${row.id}`,
      isActive: true,
      deletedAt: null,
      metadata: { homeUrl: 'https://claude.ai/new', lastUrl: 'https://claude.ai/new' },
    });
    expect(manager.listSessions()).toEqual([row]);
    expect(manager.getActiveSession()).toBeNull();
  });

  it('lists sleeping sessions only when asked for, and deleted ones never', async () => {
    const { manager } = await run(undefined, { maxLiveViews: 1 });
    const [a, b, c] = [
      await manager.createSession(work),
      await manager.createSession(work),
      await manager.createSession(work),
    ];
    await manager.activateSession(a.id);
    await manager.settled();
    await manager.deleteSession(c.id);
    expect(manager.listSessions().map(({ id }) => id)).toEqual([a.id, b.id]);
    expect(manager.listSessions(false).map(({ id }) => id)).toEqual([a.id]);
  });

  it('says once in a run that the log holds events of a newer Retrace, found on loading or as they come', async () => {
    const log = memoryLog();
    await log.append(laterAppend(sessionId(1), 2));
    const { manager, notices } = await run(log);
    expect(notices).toEqual([expect.stringMatching(/^2 events in the log were written by a newer Retrace/)]);
    await log.append(laterAppend(sessionId(1)));
    await manager.createSession(work);
    expect(notices).toHaveLength(1);
    await manager.destroy();

    const other = await run();
    await other.log.append(laterAppend(sessionId(1)));
    await other.manager.createSession(work);
    expect(other.notices).toEqual([expect.stringMatching(/^One event in the log was written by a newer/)]);
    await other.manager.destroy();
  });

  it('refuses everything before the sessions are loaded', async () => {
    const manager = new SessionManager({
      log: memoryLog(),
      host: new FakeViewHost(),
      clock: () => new Date(0),
      newId: () => sessionId(1),
      appVersion: '0.0.0',
      onNotice: () => undefined,
    });
    await expect(manager.createSession(work)).rejects.toMatchObject({ code: 'Internal' });
    expect(() => manager.listSessions()).toThrow('not been loaded');
  });

  it('tells of a log that cannot be read', async () => {
    const log = memoryLog();
    await log.close();
    await expect(run(log)).rejects.toMatchObject({ code: 'LogUnavailable' });
  });

  it('gives a subscriber a snapshot and then patches without a gap', async () => {
    const { manager } = await run();
    const changes: TableChange[] = [{ kind: 'snapshot', table: manager.table }];
    manager.patches$.subscribe((patches) => changes.push({ kind: 'patches', ...patches }));
    const { id } = await manager.createSession(work);
    await manager.activateSession(id);
    await manager.settled();
    let position = 0;
    for (const change of changes) {
      if (change.kind === 'snapshot') continue;
      expect(change.from).toBe(position);
      position = change.to;
    }
    expect(position).toBe(manager.table.position);
  });

  it('gives the table now, then after each change', async () => {
    const { manager } = await run();
    const { id } = await manager.createSession(work);
    await manager.settled();
    const names: (string | undefined)[] = [];
    const subscription = manager.table$.subscribe((table) => names.push(table.sessions[id]?.name));
    await manager.renameSession(id, 'Play');
    subscription.unsubscribe();
    await manager.renameSession(id, 'Unheard');
    expect(names).toEqual(['Work', 'Play']);
  });

  it('refuses to reload or stop a session that is not in the list', async () => {
    const { manager } = await run();
    const { id } = await manager.createSession(work);
    await manager.deleteSession(id);
    for (const ask of [() => manager.reloadSession(id), () => manager.stopSession(id)]) {
      expect(ask).toThrow(expect.objectContaining({ code: 'SessionDeleted' }));
    }
    await expect(manager.saveSessionState(sessionId(9))).rejects.toMatchObject({ code: 'SessionNotFound' });
  });

  it('saves what a view has reported: in the log, and in the rows', async () => {
    const { manager, log, host } = await run();
    const { id } = await manager.createSession(work);
    host.click(id, 'https://a.example/2');
    await manager.saveSessionState(id);
    expect(await log.rows.read('sessions')).toMatchObject({
      position: (await recordsOf(log)).length,
      rows: [{ id, metadata: { lastUrl: 'https://a.example/2' } }],
    });
  });
});

describe('readTimeline', () => {
  async function history() {
    const engine = await run();
    const { id } = await engine.manager.createSession({ provider: 'custom', name: '1' });
    for (const name of ['2', '3', '4']) await engine.manager.renameSession(id, name);
    const other = await engine.manager.createSession({ provider: 'custom', name: 'Other' });
    await engine.manager.settled();
    return { ...engine, id, other: other.id };
  }

  it('reads page after page, the newest first, until nothing is left', async () => {
    const { manager, log } = await history();
    const positions: number[] = [];
    let page = await manager.readTimeline({ limit: 2 });
    for (;;) {
      expect(page.events.length).toBeLessThanOrEqual(2);
      positions.push(...page.events.map(({ position }) => position));
      if (!page.hasMore) break;
      page = await manager.readTimeline({ limit: 2, before: positions.at(-1) ?? 0 });
    }
    const all = (await recordsOf(log)).map(({ position }) => position);
    expect(positions).toEqual(all.reverse());
  });

  it('reads one session’s events alone', async () => {
    const { manager, other } = await history();
    const { events, hasMore } = await manager.readTimeline({ limit: 100, sessionId: other });
    expect(new Set(events.map(({ data }) => data.sessionId))).toEqual(new Set([other]));
    expect(hasMore).toBe(false);
  });
});

describe('stateAt', () => {
  it('gives the table as it was, and refuses positions that the log does not have', async () => {
    const { log, manager } = await run();
    const { id } = await manager.createSession(work);
    await manager.settled();
    const then = manager.table;
    await manager.renameSession(id, 'Play');
    expect(await manager.stateAt(then.position)).toEqual(then);
    expect(await manager.stateAt(0)).toEqual(EMPTY_TABLE);
    const head = await log.head();
    expect(await manager.stateAt(head)).toEqual(manager.table);
    for (const position of [head + 1, -1, 0.5, NaN]) {
      await expect(manager.stateAt(position)).rejects.toMatchObject({ code: 'InvalidInput' });
    }
    await manager.destroy();
  });
});

describe('destroy', () => {
  it('leaves the log to others: what they append and how it ends is no news any more', async () => {
    const { log, manager, notices } = await run();
    await manager.createSession(work);
    await manager.destroy();
    const stored = await log.rows.read(sessionsTable.name);
    await log.append(laterAppend(sessionId(1)));
    expect(await log.rows.read(sessionsTable.name)).toEqual(stored);
    await log.close();
    expect(notices).toEqual([]);
  });

  it('stores the rows, closes the views, and may be called again', async () => {
    const { manager, log, host } = await run();
    await manager.createSession(work);
    await manager.destroy();
    await manager.destroy();
    expect(host.calls.filter((call) => call === 'destroy')).toHaveLength(1);
    const { position } = await log.rows.read('sessions');
    expect(position).toBe((await recordsOf(log)).length);
  });

  it('says when the rows could not be stored; the next start folds them from the log', async () => {
    const log = memoryLog();
    const failure = new LogError('LogNotWritable', 'The disk is full.');
    const full = { read: log.rows.read.bind(log.rows), write: () => Promise.reject(failure) };
    const { manager, notices } = await run({ ...logWith(log), rows: full });
    const { id } = await manager.createSession(work);
    await expect(manager.settled()).rejects.toMatchObject({ code: 'LogUnavailable' });
    await manager.destroy();
    expect(notices).toContain('The log could not be used: The disk is full.');
    expect((await run(log)).manager.listSessions()).toMatchObject([{ id }]);
  });
});

/** The same log with parts that can be replaced: methods of a class do not come along when it is spread. */
function logWith(log: ReturnType<typeof memoryLog>): ReturnType<typeof memoryLog> {
  return {
    durability: log.durability,
    access: log.access,
    committed$: log.committed$,
    rows: log.rows,
    snapshots: log.snapshots,
    chain: log.chain,
    append: (append) => log.append(append),
    read: (options) => log.read(options),
    head: () => log.head(),
    follow: (after) => log.follow(after),
    redact: (redaction) => log.redact(redaction),
    close: () => log.close(),
  };
}
