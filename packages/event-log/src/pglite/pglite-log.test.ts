import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, readdir, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { notesOf, positionsOf, range, recordsIn, sampleAppend, sampleEvent } from '../contract/index.ts';
import type { TableSpec } from '../port.ts';
import { startCluster } from './cluster.ts';
import { ScratchLogs } from './testing/scratch-log.ts';

const scratch = new ScratchLogs();

afterEach(() => scratch.dispose());

/** Names and contents of all files of a cluster, as one hash. */
async function fingerprint(directory: string): Promise<string> {
  const hash = createHash('sha256');
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort()) hash.update(file).update(await readFile(file));
  return hash.digest('hex');
}

describe('a query that never answers', () => {
  it('is ended by the watchdog, and the next append succeeds', async () => {
    const notices: string[] = [];
    const log = await scratch.open(await scratch.directory(), {
      onNotice: (notice) => notices.push(notice),
    });
    const given: number[] = [];
    log.follow(0).subscribe((records) => given.push(...positionsOf(records)));
    await log.append(sampleAppend());

    const hanging = log.query('SELECT count(*) FROM generate_series(1, 1000000000000)');
    const behind = sampleAppend({ events: [sampleEvent('behind')] });
    const waiting = log.append(behind);
    await expect(hanging).rejects.toMatchObject({ code: 'LogTimeout' });
    await expect(waiting).rejects.toMatchObject({ code: 'LogTimeout' });

    // What happened to the one that waited is told by repeating it.
    await log.append(behind);
    await log.append(sampleAppend({ events: [sampleEvent('after')] }));
    expect(notesOf(await recordsIn(log))).toEqual(['one', 'behind', 'after']);
    expect(given).toEqual([1, 2, 3]);
    expect(notices).toEqual([expect.stringContaining('no answer in 4000 ms')]);
  });
});

describe('rows of tables that are declared anew', () => {
  const folders: TableSpec = { name: 'folders', key: 'id', columns: { id: { type: 'text' } } };
  const papers: TableSpec = {
    name: 'papers',
    key: 'id',
    columns: { id: { type: 'text' }, folder: { type: 'text', cascadesFrom: 'folders' } },
  };
  const labels: TableSpec = { name: 'labels', key: 'id', columns: { id: { type: 'text' } } };

  it('go, with those that cascade from them, where the declaration has changed; the others stay', async () => {
    const directory = await scratch.directory();
    const before = await scratch.open(directory, { tables: [papers, folders, labels] });
    for (const [table, row] of [
      ['folders', { id: 'a' }],
      ['papers', { id: 'b', folder: 'a' }],
      ['labels', { id: 'c' }],
    ] as const) {
      await before.rows.write({ table, position: 4, state: 'kept', upserts: [row], deletes: [] });
    }
    await before.close();

    const notices: string[] = [];
    const widened = { ...folders, columns: { ...folders.columns, name: { type: 'text' } } } as const;
    const log = await scratch.open(directory, {
      tables: [papers, widened, labels],
      onNotice: (notice) => notices.push(notice),
    });

    const none = { position: 0, state: null, rows: [] };
    expect(await log.rows.read('folders')).toEqual(none);
    expect(await log.rows.read('papers')).toEqual(none);
    expect(await log.rows.read('labels')).toEqual({ position: 4, state: 'kept', rows: [{ id: 'c' }] });
    expect(notices).toEqual([expect.stringContaining('folders'), expect.stringContaining('papers')]);
  });

  it('are refused before anything is opened where the declaration is malformed', async () => {
    const directory = await scratch.directory();
    for (const tables of [
      [papers],
      [{ ...labels, name: 'events' }],
      [{ ...labels, name: 'a"; DROP TABLE events; --' }],
      [{ ...labels, key: 'nowhere' }],
      [labels, labels],
    ]) {
      await expect(scratch.open(directory, { tables })).rejects.toMatchObject({ code: 'InvalidAppend' });
    }
    expect(await readdir(directory)).toEqual([]);
  });
});

describe('SQL for tests and the command line', () => {
  it('reads, and can write nothing', async () => {
    const log = await scratch.open(await scratch.directory());
    await log.append(sampleAppend({ events: [sampleEvent('a'), sampleEvent('b')] }));

    expect(await log.query(`SELECT position, data ->> 'note' AS note FROM events ORDER BY position`)).toEqual(
      [
        { position: 1, note: 'a' },
        { position: 2, note: 'b' },
      ],
    );
    await expect(log.query('DELETE FROM events')).rejects.toMatchObject({ code: 'InvalidAppend' });
    await expect(log.query('SELECT nonsense')).rejects.toMatchObject({ code: 'InvalidAppend' });
    await expect(log.append(sampleAppend())).resolves.toMatchObject({ repeated: false });
  });
});

describe('a directory that must not be opened', () => {
  const kept = new ScratchLogs();
  let whole = '';

  beforeAll(async () => {
    whole = await kept.directory();
    const log = await kept.open(whole);
    for (const n of range(1, 20)) await log.append(sampleAppend({ events: [sampleEvent(`${n}`)] }));
    await log.close();
  });
  afterAll(() => kept.dispose());

  const zero = async (file: string): Promise<void> => {
    const { length } = await readFile(file);
    await writeFile(file, new Uint8Array(length));
  };

  it.each<[string, 'LogDamaged' | 'LogIncompatible', (cluster: string) => Promise<void>]>([
    [
      'is empty',
      'LogDamaged',
      async (cluster) => {
        await rm(cluster, { recursive: true });
        await mkdir(cluster);
      },
    ],
    ['has lost PG_VERSION', 'LogDamaged', (cluster) => rm(join(cluster, 'PG_VERSION'))],
    ['has lost its control file', 'LogDamaged', (cluster) => rm(join(cluster, 'global/pg_control'))],
    ['has half a control file', 'LogDamaged', (cluster) => truncate(join(cluster, 'global/pg_control'), 100)],
    ['has a control file of zeros', 'LogDamaged', (cluster) => zero(join(cluster, 'global/pg_control'))],
    ['has lost its tables', 'LogDamaged', (cluster) => rm(join(cluster, 'base/5'), { recursive: true })],
    [
      'has lost its WAL',
      'LogDamaged',
      async (cluster) => {
        const wal = join(cluster, 'pg_wal');
        for (const name of await readdir(wal)) if (/^[0-9A-F]{24}$/.test(name)) await rm(join(wal, name));
      },
    ],
    [
      'is of another PostgreSQL',
      'LogIncompatible',
      (cluster) => writeFile(join(cluster, 'PG_VERSION'), '17\n'),
    ],
    [
      'is of another PostgreSQL, by its name',
      'LogIncompatible',
      (cluster) => rename(cluster, join(cluster, '../pg17')),
    ],
  ])('%s: %s, and it is left as it was', async (_what, code, breakIt) => {
    const directory = await scratch.directory();
    await cp(whole, directory, { recursive: true, filter: (path) => !path.endsWith('owner') });
    await breakIt(join(directory, 'pg18'));
    const before = await fingerprint(directory);

    await expect(scratch.open(directory)).rejects.toMatchObject({ code });

    expect(await fingerprint(directory)).toBe(before);
  });

  it('was written by a newer version: LogIncompatible, and its events are kept', async () => {
    const directory = await scratch.directory();
    await cp(whole, directory, { recursive: true, filter: (path) => !path.endsWith('owner') });
    const newer = await startCluster({ dataDirectory: join(directory, 'pg18'), durability: 'process' });
    await newer.pg.exec('UPDATE log_schema SET version = version + 1');
    await newer.pg.close();

    await expect(scratch.open(directory)).rejects.toMatchObject({ code: 'LogIncompatible' });
    await expect(scratch.open(directory)).rejects.toMatchObject({ code: 'LogIncompatible' });
  });
});
