import { createHash } from 'node:crypto';
import { cp, mkdir, open, readFile, readdir, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { positionsOf, range, recordsIn, sampleAppend, sampleEvent } from '../contract/index.ts';
import type { OpeningStep } from '../errors.ts';
import { startCluster } from '../pglite/cluster.ts';
import { ScratchLogs } from '../pglite/testing/scratch-log.ts';
import { LogProcess } from '../pglite/testing/spawn-log.ts';

const kept = new ScratchLogs();
const scratch = new ScratchLogs();
const EVENTS = 1200;
/** A cluster that was closed in order, one whose process was killed, and where the files of their tables are. */
let closed = '';
let killed = '';
let files: ReadonlyMap<string, string>;

// Each case starts PostgreSQL at least once.
jest.setTimeout(120_000);

beforeAll(async () => {
  closed = await kept.directory();
  const log = await kept.open(closed);
  const events = range(1, 40).map((n) => sampleEvent(`${n} ${'x'.repeat(200)}`));
  for (let n = 0; n < EVENTS / events.length; n += 1) await log.append(sampleAppend({ events }));
  const relations = await log.query(
    `SELECT relname, pg_relation_filepath(oid) AS path FROM pg_class WHERE relname IN ('events', 'events_pkey', 'log_head')`,
  );
  // Both columns are text.
  files = new Map(relations.map(({ relname, path }) => [relname as string, path as string]));
  await log.close();

  killed = await kept.directory();
  const process = new LogProcess(killed);
  await process.line('acknowledged 60', 'refused');
  await process.kill();
});
afterAll(() => kept.dispose());
afterEach(() => scratch.dispose());

/** A copy that a test may break. */
async function copyOf(whole: string): Promise<{ directory: string; cluster: string }> {
  const directory = await scratch.directory();
  await cp(whole, directory, { recursive: true, filter: (path) => !path.endsWith('owner') });
  return { directory, cluster: join(directory, 'pg18') };
}

/** Names and contents of all files of a cluster. `postmaster.pid` names a process that has ended. */
async function contentsOf(cluster: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(cluster, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hashes = new Map<string, string>();
  for (const path of paths.sort()) {
    if (path.endsWith('postmaster.pid')) continue;
    hashes.set(
      path,
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    );
  }
  return hashes;
}

/** @param at the place of the byte whose bit is flipped, as a fraction of the file */
async function flipBit(path: string, at: number): Promise<void> {
  const { size } = await stat(path);
  const file = await open(path, 'r+');
  const byte = new Uint8Array(1);
  const position = Math.floor((size - 1) * at);
  await file.read(byte, 0, 1, position);
  await file.write(new Uint8Array([(byte[0] ?? 0) ^ 4]), 0, 1, position);
  await file.close();
}

const relation = (name: string): string => files.get(name) ?? '';
const walOf = async (cluster: string): Promise<string[]> =>
  (await readdir(join(cluster, 'pg_wal')))
    .filter((name) => /^[0-9A-F]{24}$/.test(name))
    .map((name) => join(cluster, 'pg_wal', name));

type Case = [string, OpeningStep, (cluster: string) => Promise<void>];

const EITHER_WAY: Case[] = [
  [
    'is empty',
    'inspection',
    async (cluster) => {
      await rm(cluster, { recursive: true });
      await mkdir(cluster);
    },
  ],
  ['was copied by half: no PG_VERSION', 'inspection', (cluster) => rm(join(cluster, 'PG_VERSION'))],
  [
    'was copied by half: no tables',
    'inspection',
    (cluster) => rm(join(cluster, 'base/5'), { recursive: true }),
  ],
  [
    'was copied by half: no WAL',
    'inspection',
    async (cluster) => {
      for (const path of await walOf(cluster)) await rm(path);
    },
  ],
  ['has lost its control file', 'inspection', (cluster) => rm(join(cluster, 'global/pg_control'))],
  ['has half a control file', 'inspection', (cluster) => truncate(join(cluster, 'global/pg_control'), 100)],
  [
    'has a control file of zeros',
    'recovery',
    (cluster) => writeFile(join(cluster, 'global/pg_control'), new Uint8Array(8192)),
  ],
  [
    'has a flipped bit in its control file',
    'recovery',
    (cluster) => flipBit(join(cluster, 'global/pg_control'), 0.005),
  ],
  [
    'has a flipped bit in the map of its files',
    'recovery',
    (cluster) => flipBit(join(cluster, 'base/5/pg_filenode.map'), 0.05),
  ],
  [
    'has flipped bits all over its WAL',
    'recovery',
    async (cluster) => {
      for (const path of await walOf(cluster)) {
        for (const at of range(0, 1000)) await flipBit(path, at / 1000);
      }
    },
  ],
];

/** After a crash these pages are in the WAL, whole, and recovery mends them. */
const CLOSED_IN_ORDER: Case[] = [
  [
    'has a flipped bit in its newest events',
    'verification',
    (cluster) => flipBit(join(cluster, relation('events')), 0.999),
  ],
  [
    'has a flipped bit in its head',
    'verification',
    (cluster) => flipBit(join(cluster, relation('log_head')), 0.999),
  ],
  [
    'has a flipped bit in its index',
    'verification',
    (cluster) => flipBit(join(cluster, relation('events_pkey')), 0.001),
  ],
  ['was copied by half: no events', 'verification', (cluster) => rm(join(cluster, relation('events')))],
  [
    'has its events cut off',
    'verification',
    async (cluster) => truncate(join(cluster, relation('events')), 8192 * 3 + 100),
  ],
  [
    'has a flipped bit in its catalogue',
    'recovery',
    (cluster) => flipBit(join(cluster, 'base/5/1259'), 0.05),
  ],
];

describe.each([
  ['a directory that was closed in order and', () => closed, [...EITHER_WAY, ...CLOSED_IN_ORDER]],
  ['a directory that was left by a crash and', () => killed, EITHER_WAY],
] as const)('%s', (_name, whole, cases) => {
  it.each([...cases])(
    '%s is refused as damaged by the step of %s, byte for byte as it was',
    async (_what, step, breakIt) => {
      const { directory, cluster } = await copyOf(whole());
      await breakIt(cluster);
      const before = await contentsOf(cluster);

      await expect(scratch.open(directory)).rejects.toMatchObject({ code: 'LogDamaged', step });

      expect(await contentsOf(cluster)).toEqual(before);
    },
  );
});

describe('a directory of another PostgreSQL', () => {
  it.each<[string, (cluster: string) => Promise<void>]>([
    ['by what it says', (cluster) => writeFile(join(cluster, 'PG_VERSION'), '17\n')],
    ['by its name', (cluster) => rename(cluster, join(cluster, '../pg17'))],
  ])('%s is refused as incompatible, and no empty log is begun', async (_how, makeOther) => {
    const { directory, cluster } = await copyOf(closed);
    await makeOther(cluster);
    const before = await contentsOf(directory);

    await expect(scratch.open(directory)).rejects.toMatchObject({
      code: 'LogIncompatible',
      step: 'inspection',
    });

    expect(await contentsOf(directory)).toEqual(before);
  });
});

describe('a directory whose log was kept aside and not rebuilt', () => {
  it('is refused: no empty log is begun in its place', async () => {
    const { directory, cluster } = await copyOf(closed);
    await rename(cluster, `${cluster}.damaged-20261122T090000Z`);

    await expect(scratch.open(directory)).rejects.toMatchObject({ code: 'LogDamaged', step: 'inspection' });

    expect(await readdir(directory)).not.toContain('pg18');
  });
});

describe('a part of the log that nobody looked at while opening', () => {
  it('is told as damaged when it is read, and the rest goes on', async () => {
    const { directory, cluster } = await copyOf(closed);
    await flipBit(join(cluster, relation('events')), 0.3);
    const log = await scratch.open(directory);

    await expect(recordsIn(log)).rejects.toMatchObject({ code: 'LogDamaged', step: null });

    await expect(log.append(sampleAppend())).resolves.toMatchObject({ repeated: false });
    expect(await log.head()).toBe(EVENTS + 1);
  });
});

describe('a log that a newer version wrote', () => {
  it('is read, is not changed, and says so', async () => {
    const { directory, cluster } = await copyOf(closed);
    const newer = await startCluster({ dataDirectory: cluster, durability: 'process' });
    await newer.pg.exec('UPDATE log_schema SET version = version + 1000');
    await newer.pg.exec('ALTER TABLE events ADD COLUMN later text');
    await newer.pg.close();
    const notices: string[] = [];
    const table = { name: 'folders', key: 'id', columns: { id: { type: 'text' } } } as const;

    const log = await scratch.open(directory, {
      tables: [table],
      onNotice: (notice) => notices.push(notice),
    });

    expect(log.access).toBe('read-only');
    expect(notices).toEqual([expect.stringContaining('newer version')]);
    expect(positionsOf(await recordsIn(log))).toEqual(range(1, EVENTS));
    await expect(log.append(sampleAppend())).rejects.toMatchObject({ code: 'LogReadOnly' });
    // Rows are derived: they are kept in memory, for as long as the log is open.
    const change = { table: 'folders', position: 3, state: null, upserts: [{ id: 'a' }], deletes: [] };
    await log.rows.write(change);
    expect(await log.rows.read('folders')).toMatchObject({ position: 3, rows: [{ id: 'a' }] });
    expect(await log.query(`SELECT to_regclass('folders') AS there`)).toEqual([{ there: null }]);
    expect(await log.head()).toBe(EVENTS);
  });
});
