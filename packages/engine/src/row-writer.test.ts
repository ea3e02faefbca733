import { describe, expect, it } from '@jest/globals';
import type { RowChange, RowTables } from '@retrace/event-log';
import type { SessionEvent } from '@retrace/protocol';
import { created, deleted, happened, sessionId, tableOf } from '../test/recorded-events.ts';
import type { Folded } from './projection.ts';
import { NOTHING_FOLDED } from './projection.ts';
import { rowChange, RowWriter } from './row-writer.ts';

const [a, b] = [sessionId(1), sessionId(2)];

function folded(...events: readonly SessionEvent[]): Folded {
  const versions: Record<string, number> = {};
  for (const { data } of events) versions[data.sessionId] = (versions[data.sessionId] ?? 0) + 1;
  return { table: tableOf(...events), versions, unread: 0 };
}

/** Rows that remember what was written to them, and fail as often as they are told. */
class RememberingRows implements RowTables {
  readonly written: RowChange[] = [];
  failures = 0;
  read(): ReturnType<RowTables['read']> {
    return Promise.reject(new Error('Nobody reads here.'));
  }
  write(change: RowChange): Promise<void> {
    if (this.failures > 0) {
      this.failures -= 1;
      return Promise.reject(new Error('full'));
    }
    this.written.push(change);
    return Promise.resolve();
  }
}

describe('rowChange', () => {
  it('carries the rows that changed and no others', () => {
    const before = folded(created(a), created(b));
    const sessions = {
      ...before.table.sessions,
      ...pick(folded(created(a), happened('SessionSlept', a)), a),
    };
    const after = {
      ...before,
      table: { ...before.table, position: 3, sessions },
      versions: { [a]: 2, [b]: 1 },
    };
    expect(rowChange(before, after)).toMatchObject({
      table: 'sessions',
      position: 3,
      upserts: [{ id: a, is_active: false, version: 2 }],
      deletes: [],
    });
  });

  it('carries a row whose stream went on by an event that cannot be read', () => {
    const before = folded(created(a));
    expect(rowChange(before, { ...before, versions: { [a]: 2 }, unread: 1 })).toMatchObject({
      state: { unread: 1 },
      upserts: [{ id: a, version: 2 }],
    });
  });

  it('writes a deleted session as a row with the time of its deletion', () => {
    const { upserts } = rowChange(NOTHING_FOLDED, folded(created(a), deleted(a)));
    expect(upserts).toMatchObject([{ id: a, deleted_at: '2026-11-22T09:02:00.000Z' }]);
  });

  it('takes out the rows of sessions that are no longer in the table', () => {
    const both = folded(created(a), created(b));
    const sessions = pick(both, b);
    expect(rowChange(both, { ...both, table: { ...both.table, sessions } }).deletes).toEqual([a]);
  });

  it('begins afresh from null', () => {
    expect(rowChange(null, folded(created(a)))).toMatchObject({ clear: true, upserts: [{ id: a }] });
  });
});

describe('RowWriter', () => {
  it('writes all that came meanwhile in one change', async () => {
    const rows = new RememberingRows();
    let current = NOTHING_FOLDED;
    const writer = new RowWriter(rows, NOTHING_FOLDED, () => current, fail);
    for (const events of [[created(a)], [created(a), created(b)]]) {
      current = folded(...events);
      writer.changed();
    }
    await writer.flush();
    writer.stop();
    expect(rows.written).toMatchObject([{ position: 2, upserts: [{ id: a }, { id: b }] }]);
  });

  it('writes by itself after a while', async () => {
    const rows = new RememberingRows();
    const current = folded(created(a));
    const written = new Promise<void>((resolve) => {
      const write = rows.write.bind(rows);
      rows.write = (change) => write(change).finally(resolve);
    });
    new RowWriter(rows, NOTHING_FOLDED, () => current, fail).changed();
    await written;
    expect(rows.written).toHaveLength(1);
  });

  it('says when it fails, and the next change carries what was left out', async () => {
    const rows = new RememberingRows();
    rows.failures = 1;
    let current = folded(created(a));
    const writer = new RowWriter(rows, NOTHING_FOLDED, () => current, fail);
    await expect(writer.flush()).rejects.toThrow('full');
    current = folded(created(a), created(b));
    await writer.flush();
    expect(rows.written).toMatchObject([{ upserts: [{ id: a }, { id: b }] }]);
  });
});

function pick({ table }: Folded, id: typeof a) {
  const row = table.sessions[id];
  return row === undefined ? {} : { [id]: row };
}

function fail(error: unknown): void {
  throw error;
}
