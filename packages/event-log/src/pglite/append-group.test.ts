import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { range, sampleAppend } from '../contract/index.ts';
import { appendGroup, prepareAppends, type AppendStatements } from './append-group.ts';
import { APPEND_SHAPES, appendSql } from './append-statement.ts';
import { startCluster, type Cluster } from './cluster.ts';
import { DurableFileSystem } from './durable-file-system.ts';
import { packAppend } from './packed-append.ts';
import { declareTables, SqlRows } from '../sql/sql-rows.ts';
import { PgliteSession } from './pglite-session.ts';
import { installTemplate } from './template.ts';
import { BUILT, ScratchLogs } from './testing/scratch-log.ts';
import type { PackedAppend } from './wire.ts';

const scratch = new ScratchLogs();
let cluster: Cluster;
let sql: PgliteSession;
let statements: AppendStatements;

beforeAll(async () => {
  const dataDirectory = join(await scratch.directory(), 'pg18');
  await installTemplate(BUILT.template, dataDirectory);
  cluster = await startCluster({ dataDirectory, durability: 'power' });
  sql = new PgliteSession(cluster.pg);
  statements = await prepareAppends(sql);
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
      const [outcome] = await appendGroup(sql, statements, [packed()]);
      expect(outcome).toMatchObject({ kind: 'appended' });
      expect(syncs()).toBeGreaterThan(before);
    }
  });

  it('costs a group of appends one sync', async () => {
    const group = range(1, 64).map(() => packed());
    const before = syncs();
    const outcomes = await appendGroup(sql, statements, group);
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
    const outcomes = await appendGroup(sql, statements, [packed(), broken, packed()]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['appended', 'failed', 'appended']);
  });
});

describe('the append statement', () => {
  it.each(APPEND_SHAPES)('for %s never reads a whole table, however large the log is', async (shape) => {
    const { rows } = await cluster.pg.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN ${appendSql(shape).replaceAll(/\$\d+/g, 'NULL')}`,
    );
    const scans = rows.map((row) => row['QUERY PLAN']).filter((line) => line.includes('Seq Scan'));
    expect(scans).toEqual([expect.stringContaining('Seq Scan on log_head')]);
  });
});
