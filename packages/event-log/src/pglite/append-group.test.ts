import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { range, sampleAppend, sampleEvent } from '../contract/index.ts';
import { appendGroup } from './append-group.ts';
import { appendOne } from '../sql/append-one.ts';
import { INSERT_EVENTS, MOVE_HEAD, questionsOf } from '../sql/append-statements.ts';
import { startCluster, type Cluster } from './cluster.ts';
import { DurableFileSystem } from './durable-file-system.ts';
import { packAppend } from './packed-append.ts';
import { GENESIS } from '../chain/chain-link.ts';
import { SqlChain } from '../sql/sql-chain.ts';
import { declareTables, SqlRows } from '../sql/sql-rows.ts';
import { PgliteSession } from './pglite-session.ts';
import { installTemplate } from './template.ts';
import { BUILT, ScratchLogs } from './testing/scratch-log.ts';
import type { PackedAppend } from './wire.ts';

const scratch = new ScratchLogs();
let cluster: Cluster;
let sql: PgliteSession;

beforeAll(async () => {
  const dataDirectory = join(await scratch.directory(), 'pg18');
  await installTemplate(BUILT.template, dataDirectory);
  cluster = await startCluster({ dataDirectory, durability: 'power' });
  sql = new PgliteSession(cluster.pg);
});

afterAll(async () => {
  await cluster.pg.close();
  await scratch.dispose();
});

function syncs(): number {
  if (!(cluster.fileSystem instanceof DurableFileSystem)) throw new Error('The cluster does not sync.');
  return cluster.fileSystem.syncs;
}

const packed = (said: Parameters<typeof sampleAppend>[0] = {}): PackedAppend =>
  packAppend(sampleAppend(said));

describe('durability against a power cut', () => {
  it('has synced the disk for each acknowledged append', async () => {
    for (let n = 0; n < 30; n += 1) {
      const before = syncs();
      const [outcome] = await appendGroup(sql, [packed()]);
      expect(outcome).toMatchObject({ kind: 'appended' });
      expect(syncs()).toBeGreaterThan(before);
    }
  });

  it('costs a group of appends one sync', async () => {
    const group = range(1, 64).map(() => packed());
    const before = syncs();
    const outcomes = await appendGroup(sql, group);
    expect(outcomes.map(({ kind }) => kind)).toEqual(group.map(() => 'appended'));
    expect(syncs() - before).toBe(1);
  });

  it('is not paid for rows, which can be made anew from the log', async () => {
    const tables = [{ name: 'folders', key: 'id', columns: { id: { type: 'text' } } }] as const;
    await sql.transaction((inside) => declareTables(inside, tables));
    const rows = new SqlRows(tables);
    const before = syncs();
    for (const n of range(1, 20)) {
      await rows.write(sql, {
        table: 'folders',
        position: n,
        state: null,
        upserts: [{ id: `${n}` }],
        deletes: [],
      });
    }
    expect(syncs()).toBe(before);
  });
});

describe('an append that PostgreSQL itself refuses', () => {
  it('fails alone: the others of its group are committed', async () => {
    const broken = { ...packed(), data: ['{ this is no JSON'] };
    const outcomes = await appendGroup(sql, [packed(), broken, packed()]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['appended', 'failed', 'appended']);
  });
});

describe('a group of appends', () => {
  const kinds = async (group: readonly PackedAppend[]): Promise<string[]> =>
    (await appendGroup(sql, group)).map(({ kind }) => kind);

  it('gives dense positions in its order to those that are kept, and refuses or knows the others', async () => {
    const known = packed();
    const [first] = await appendGroup(sql, [known]);
    const base = first?.kind === 'appended' ? first.base + 1 : NaN;
    const wrong = { kind: 'exact', version: 5 } as const;
    const group = [packed(), packed({ expectation: wrong }), packed(), known, packed()];
    const outcomes = await appendGroup(sql, group);

    expect(outcomes).toMatchObject([
      { kind: 'appended', base, versions: [0] },
      { kind: 'refused', versions: [0] },
      { kind: 'appended', base: base + 1, versions: [0] },
      { kind: 'repeated' },
      { kind: 'appended', base: base + 2, versions: [0] },
    ]);
  });

  it('leaves the head where it is when all of it are refused', async () => {
    const wrong = { kind: 'stream-exists' } as const;
    const before = await sql.run('SELECT * FROM log_head');
    expect(await kinds([packed({ expectation: wrong }), packed({ expectation: wrong })])).toEqual([
      'refused',
      'refused',
    ]);
    expect(await sql.run('SELECT * FROM log_head')).toEqual(before);
  });

  it('judges each by what those before it did', async () => {
    const append = packed({ stream: 'twice' });
    const again = packed({ stream: 'twice', expectation: { kind: 'exact', version: 1 } });
    const other = { ...packed({ stream: 'elsewhere' }), commandId: append.commandId };
    const large = packed({ events: [sampleEvent('a'), sampleEvent('b')] });
    const outcomes = await kinds([again, append, append, again, other, large]);
    expect(outcomes).toEqual(['refused', 'appended', 'repeated', 'appended', 'conflict', 'appended']);
  });

  it('is chained as appends one by one are', async () => {
    for (const append of [packed(), packed()]) await appendGroup(sql, [append]);
    await appendGroup(sql, [packed(), packed({ events: [sampleEvent('a'), sampleEvent('b')] })]);
    const chain = new SqlChain(sql);
    const head = await chain.head();
    expect(await chain.check(GENESIS, head.position + 1)).toMatchObject({ kind: 'whole', link: head });
  });
});

describe('the statements of an append', () => {
  const read = [appendOne(packed()), ...questionsOf([packed()])].map((statement) => statement.sql);
  it.each([...read, INSERT_EVENTS, MOVE_HEAD])('never read a whole table: %s', async (text) => {
    // Executed it would be planned for its values; the log's plans are made for any.
    const [plan] = await cluster.pg.exec(`EXPLAIN (GENERIC_PLAN) ${text}`);
    const scanned = (plan?.rows ?? []).map((row) => /Seq Scan on (\w+)/.exec(String(row['QUERY PLAN']))?.[1]);
    expect(scanned.filter((table) => table !== undefined && table !== 'log_head')).toEqual([]);
  });
});
