import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { GENESIS } from '../chain/chain-link.ts';
import { positionsOf, range, recordsIn, sampleAppend } from '../contract/index.ts';
import { startCluster, type Cluster } from './cluster.ts';
import { schemaVersionOf, upgradeSchema } from '../sql/schema-upgrade.ts';
import { PgliteLogService } from './log-service.ts';
import { PgliteSession } from './pglite-session.ts';
import { installTemplate } from './template.ts';
import { FROZEN_EVENTS, installSchema1 } from './testing/schema-1.ts';
import { BUILT, ScratchLogs } from './testing/scratch-log.ts';

const scratch = new ScratchLogs();

afterEach(() => scratch.dispose());

/** Works on the tables of a cluster that nobody else has open. */
async function onCluster<T>(
  dataDirectory: string,
  work: (sql: PgliteSession, cluster: Cluster) => Promise<T>,
): Promise<T> {
  const cluster = await startCluster({ dataDirectory, durability: 'process' });
  try {
    return await work(new PgliteSession(cluster.pg), cluster);
  } finally {
    await cluster.pg.close();
  }
}

/** Tables, columns, indexes and constraints of the log, in PostgreSQL's own words. */
const DEFINITIONS = `
SELECT table_name || '.' || ordinal_position || ' ' || column_name || ' ' || data_type || ' ' || is_nullable
  FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
  WHERE connamespace = 'public'::regnamespace
ORDER BY 1`;

describe('a log of schema 1', () => {
  it('is opened, with its events as they were, and goes on', async () => {
    const directory = await scratch.directory();
    await installSchema1(join(directory, 'pg18'), 1500);

    const log = await scratch.open(directory);

    const records = await recordsIn(log);
    expect(positionsOf(records)).toEqual(range(1, FROZEN_EVENTS + 1500));
    expect(records.slice(0, FROZEN_EVENTS)).toMatchSnapshot();
    const repeated = await log.append({
      ...sampleAppend({
        stream: 'folder-2',
        events: [{ type: 'Made', schemaVersion: 1, data: { name: '' } }],
      }),
      commandId: '0190b5a0-0000-7000-8000-000000000004',
      correlationId: 'action-4',
    });
    expect(repeated).toMatchObject({ repeated: true, events: [{ position: 6 }] });
    const { events } = await log.append(
      sampleAppend({ stream: 'many', expectation: { kind: 'exact', version: 1500 } }),
    );
    expect(events).toMatchObject([{ position: 1507, version: 1501 }]);
    expect(await log.chain.check(GENESIS, 5000)).toEqual({
      kind: 'whole',
      link: await log.chain.head(),
      redacted: 0,
    });
  });

  it('3: has the tables that a new one has', async () => {
    const directory = await scratch.directory();
    await installSchema1(join(directory, 'old'));
    await installTemplate(BUILT.template, join(directory, 'new'));
    const progress: [number, number][] = [];

    const upgraded = await onCluster(join(directory, 'old'), async (sql) => {
      await sql.transaction((inside) =>
        upgradeSchema(inside, { onProgress: (...reached) => progress.push(reached) }),
      );
      return await sql.run(DEFINITIONS);
    });

    expect(upgraded).toEqual(await onCluster(join(directory, 'new'), (sql) => sql.run(DEFINITIONS)));
    expect(progress).toEqual([[FROZEN_EVENTS, FROZEN_EVENTS]]);
  });

  it('1: is as it was when its upgrade is killed in the middle, and is upgraded by the next opening', async () => {
    const directory = await scratch.directory();
    const dataDirectory = join(directory, 'pg18');
    await installSchema1(dataDirectory, 5000);

    const script = fileURLToPath(new URL('./testing/upgrade-process.ts', import.meta.url));
    const killed = spawnSync(process.execPath, ['--import', 'tsx', script, dataDirectory], {
      stdio: 'inherit',
    });
    expect(killed.signal).toBe('SIGKILL');

    expect(await onCluster(dataDirectory, schemaVersionOf)).toBe(1);
    const log = await scratch.open(directory);
    expect(await log.head()).toBe(FROZEN_EVENTS + 5000);
    expect(await log.chain.check(GENESIS, 10_000)).toMatchObject({ kind: 'whole', link: { position: 5006 } });
  });

  it('is not taken for stuck while it is upgraded, however large it is', async () => {
    const dataDirectory = join(await scratch.directory(), 'pg18');
    await installSchema1(dataDirectory, 2000);
    const allowed: number[] = [];
    const service = new PgliteLogService({
      announce: ({ mayBeSilentMs }) => void allowed.push(mayBeSilentMs),
    });

    const { template } = BUILT;
    const opened = await service.open({ dataDirectory, template, durability: 'power', tables: [] });
    const duringUpgrade = allowed.slice(0, -1);
    const last = allowed.at(-1);
    await service.close();

    expect(opened).toMatchObject({ ok: true, value: { head: FROZEN_EVENTS + 2000 } });
    // Each file of the copy, then each chunk of the events.
    expect(duringUpgrade.length).toBeGreaterThan(100);
    expect(Math.min(...duringUpgrade)).toBeGreaterThan(120_000);
    expect(last).toBe(0);
  });

  it('1: is left as it is when an event is missing', async () => {
    const directory = await scratch.directory();
    await installSchema1(join(directory, 'pg18'), 10);
    await onCluster(join(directory, 'pg18'), (sql) => sql.run('DELETE FROM events WHERE position = 9'));

    await expect(scratch.open(directory)).rejects.toMatchObject({
      code: 'LogDamaged',
      message: expect.stringContaining('position 9'),
    });
    expect(await onCluster(join(directory, 'pg18'), schemaVersionOf)).toBe(1);
  });
});
