import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { firstValueFrom, filter, map, scan } from 'rxjs';
import { positionsOf, range, recordsIn, sampleAppend } from '../contract/index.ts';
import type { LogError } from '../errors.ts';
import type { EventLog, EventRecord, TableSpec } from '../port.ts';
import { packAppend } from '../pglite/packed-append.ts';
import { LogProcess } from '../pglite/testing/spawn-log.ts';
import { appendGroup } from './append-group.ts';
import { openPostgresLog, type PostgresLogOptions } from './postgres-log.ts';
import { PostgresSession } from './postgres-session.ts';
import { TestServer } from './testing/test-server.ts';

let server: TestServer;
let schemas = 0;
let schema = '';
const logs: EventLog[] = [];
const processes: LogProcess[] = [];

beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.dispose());

afterEach(async () => {
  await Promise.all(processes.splice(0).map((process) => process.kill()));
  await Promise.all(logs.splice(0).map((log) => log.close()));
});

/** Each in a schema of its own: logs that are empty when the test begins. */
function newSchema(): void {
  schemas += 1;
  schema = `test_${schemas}`;
}

async function open(said: Partial<PostgresLogOptions> = {}): Promise<EventLog> {
  const log = await openPostgresLog({ connectionString: server.connectionString, schema, ...said });
  logs.push(log);
  return log;
}

async function openSeveral(count: number): Promise<EventLog[]> {
  newSchema();
  return await Promise.all(range(0, count).map(() => open()));
}

function theFirst([log]: readonly EventLog[]): EventLog {
  if (log === undefined) throw new Error('No log was opened.');
  return log;
}

/** Every position that `log` gives after `after`, until `last` has come. */
function followed(log: EventLog, after: number, last: number): Promise<readonly number[]> {
  return firstValueFrom(
    log.follow(after).pipe(
      scan((all: readonly EventRecord[], records) => [...all, ...records], []),
      filter((all) => (all.at(-1)?.position ?? 0) >= last),
      map(positionsOf),
    ),
  );
}

const ANY = { kind: 'any' } as const;
const NONE = { kind: 'no-stream' } as const;

describe('several processes on one server', () => {
  it('may make the schema at the same moment', async () => {
    const opened = await openSeveral(6);
    await Promise.all(opened.map((log) => log.append(sampleAppend())));
    expect(positionsOf(await recordsIn(theFirst(opened)))).toEqual(range(1, 6));
  });

  it('1 to 4: one of two that race for a version wins, the other is told ExpectationFailed', async () => {
    const opened = await openSeveral(4);
    const outcomes: string[] = [];
    for (const n of range(0, 25)) {
      const settled = await Promise.allSettled(
        opened.map((log) => log.append(sampleAppend({ stream: `race-${n}`, expectation: NONE }))),
      );
      outcomes.push(
        ...settled.map((one) => (one.status === 'fulfilled' ? 'appended' : (one.reason as LogError).code)),
      );
    }
    expect(outcomes.filter((outcome) => outcome === 'appended')).toHaveLength(25);
    expect(outcomes.filter((outcome) => outcome === 'ExpectationFailed')).toHaveLength(75);
  });

  it('1 to 3: all of those that expect nothing are appended, versions and positions dense', async () => {
    const opened = await openSeveral(4);
    await Promise.all(
      range(0, 25).flatMap(() =>
        opened.map((log) => log.append(sampleAppend({ stream: 'one', expectation: ANY }))),
      ),
    );
    const records = await recordsIn(theFirst(opened));
    expect(positionsOf(records)).toEqual(range(1, 100));
    expect(records.map(({ version }) => version)).toEqual(range(1, 100));
  });

  it('6: a command that several send at the same instant appends once', async () => {
    const opened = await openSeveral(4);
    for (const n of range(1, 25)) {
      const append = sampleAppend({ stream: `command-${n}`, expectation: NONE });
      const receipts = await Promise.all(opened.map((log) => log.append(append)));
      expect(receipts.filter(({ repeated }) => !repeated)).toHaveLength(1);
      expect(new Set(receipts.map(({ events }) => JSON.stringify(events))).size).toBe(1);
    }
    expect(await theFirst(opened).head()).toBe(25);
  });

  it('9: each is given what the others append, in order, before the receipt of what it appends after them', async () => {
    const [one, other] = (await openSeveral(2)) as [EventLog, EventLog];
    const given: number[] = [];
    other.committed$.subscribe((records) => given.push(...positionsOf(records)));
    await Promise.all(range(0, 30).map(() => one.append(sampleAppend())));
    await other.append(sampleAppend());
    expect(given).toEqual(range(1, 31));
  });

  it('9: a lost notification loses nothing: the log is also asked', async () => {
    newSchema();
    const log = await open({ pollMs: 50 });
    const following = followed(log, 0, 2);
    const session = await PostgresSession.connect({
      connectionString: server.connectionString,
      schema,
      answerLimitMs: 5000,
    });
    const unheard = 'a_channel_that_nobody_listens_to';
    await appendGroup(session, unheard, [packAppend(sampleAppend()), packAppend(sampleAppend())]);
    await session.close();
    expect(await following).toEqual([1, 2]);
  });

  it('1, 3, 9: two that append for their life and one that follows: dense, no gap, nothing acknowledged is lost', async () => {
    schema = 'retrace';
    const log = await open();
    const writers = range(0, 2).map(
      () =>
        new LogProcess(server.connectionString, new URL('./testing/appending-process.ts', import.meta.url)),
    );
    processes.push(...writers);
    const following = followed(log, 0, 400);
    await following;
    await Promise.all(writers.map((writer) => writer.kill()));

    const acknowledged = writers.flatMap((writer) => writer.acknowledged);
    const records = await recordsIn(log);
    expect(positionsOf(records)).toEqual(range(1, records.length));
    expect(new Set(acknowledged).size).toBe(acknowledged.length);
    expect(acknowledged.filter((position) => position > records.length)).toEqual([]);
    expect((await following).slice(0, 400)).toEqual(range(1, 400));
    const shared = records.filter(({ stream }) => stream === 'shared');
    expect(shared.map(({ version }) => version)).toEqual(range(1, shared.length));
  });
});

const FOLDERS = {
  name: 'folders',
  key: 'id',
  columns: { id: { type: 'text' }, name: { type: 'text' } },
} as const satisfies TableSpec;

describe('rows that several processes derive from one log', () => {
  const change = (position: number, ...ids: string[]) => ({
    table: 'folders',
    position,
    state: null,
    upserts: ids.map((id) => ({ id, name: `as of ${position}` })),
    deletes: [],
  });

  it('10: a change that comes late has nothing to add, and the next one leads on', async () => {
    newSchema();
    const [fast, slow] = [await open({ tables: [FOLDERS] }), await open({ tables: [FOLDERS] })];
    await fast.rows.write(change(5, 'a', 'b'));
    await slow.rows.write(change(3, 'a'));
    expect(await slow.rows.read('folders')).toMatchObject({
      position: 5,
      rows: [{ name: 'as of 5' }, { name: 'as of 5' }],
    });
    await slow.rows.write(change(7, 'b'));
    expect(await fast.rows.read('folders')).toMatchObject({ position: 7 });
  });

  it('10: a change that leads on from rows which somebody set back is told so', async () => {
    newSchema();
    const [one, other] = [await open({ tables: [FOLDERS] }), await open({ tables: [FOLDERS] })];
    await one.rows.write(change(5, 'a'));
    await other.rows.write({ ...change(2, 'b'), clear: true });
    await expect(one.rows.write(change(6, 'c'))).rejects.toMatchObject({ code: 'ExpectationFailed' });
    await one.rows.write({ ...change(6, 'a', 'c'), clear: true });
    expect(await other.rows.read('folders')).toMatchObject({ position: 6 });
  });

  it('10: another version that declares the table otherwise makes it anew, and the one before is told', async () => {
    newSchema();
    const before = await open({ tables: [FOLDERS] });
    await before.rows.write(change(5, 'a'));
    const columns = { ...FOLDERS.columns, colour: { type: 'text' } } as const;
    const after = await open({ tables: [{ ...FOLDERS, columns }] });
    expect(await after.rows.read('folders')).toEqual({ position: 0, state: null, rows: [] });
    await expect(before.rows.write(change(6, 'b'))).rejects.toMatchObject({ code: 'LogIncompatible' });
  });
});
