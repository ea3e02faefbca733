import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startCluster, type Cluster } from '../pglite/cluster.ts';
import { PgliteSession } from '../pglite/pglite-session.ts';
import { installTemplate } from '../pglite/template.ts';
import { BUILT, ScratchLogs } from '../pglite/testing/scratch-log.ts';
import { declareSnapshots, SqlSnapshots } from './sql-snapshots.ts';

const scratch = new ScratchLogs();
let cluster: Cluster;
let sql: PgliteSession;

beforeAll(async () => {
  const dataDirectory = join(await scratch.directory(), 'pg18');
  await installTemplate(BUILT.template, dataDirectory);
  cluster = await startCluster({ dataDirectory, durability: 'process' });
  sql = new PgliteSession(cluster.pg);
  await sql.transaction(declareSnapshots);
});

afterAll(async () => {
  await cluster.pg.close();
  await scratch.dispose();
});

describe('SqlSnapshots', () => {
  it.each([
    ['whose state was changed', `UPDATE snapshots SET state = '["other"]' WHERE position = 20`],
    ['that was moved to another position', 'UPDATE snapshots SET position = 25 WHERE position = 20'],
    ['whose seal is gone', `UPDATE snapshots SET seal = '' WHERE position = 20`],
  ])('never gives one %s, drops it, and gives the one before', async (_, damage) => {
    const snapshots = new SqlSnapshots(sql);
    await snapshots.save('table', 10, '["older"]');
    await snapshots.save('table', 20, '["newer"]');
    await sql.run(damage);

    expect(await snapshots.newest('table', 30)).toEqual({ position: 10, text: '["older"]' });
    expect(await sql.run('SELECT position FROM snapshots')).toEqual([['10']]);
  });

  it('loses nothing of what is kept when the table is declared again', async () => {
    const snapshots = new SqlSnapshots(sql);
    await snapshots.save('table', 10, '["kept"]');
    await sql.transaction(declareSnapshots);
    expect(await snapshots.newest('table', 10)).toEqual({ position: 10, text: '["kept"]' });
  });

  it('finds the table made anew after it was dropped whole', async () => {
    await sql.run('DROP TABLE snapshots');
    await sql.transaction(declareSnapshots);
    expect(await new SqlSnapshots(sql).newest('table', 10)).toBeNull();
  });
});
