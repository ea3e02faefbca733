import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { createTar } from 'nanotar';
import { SCHEMA_SQL } from './schema.ts';

/**
 * Makes the template of a new cluster: initialised, with the log's tables, closed in order, packed. Takes some seconds, which a
 * first start is spared.
 *
 * The databases `template0` and `template1` are dropped: nothing creates databases here, and they are two thirds of the files
 * that a first start has to write and sync.
 */
export async function packTemplate(target: string): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'retrace-template-'));
  try {
    const pg = await PGlite.create({
      fs: new NodeFS(directory),
      // Segments of the WAL are filled with zeros when they are made; 16 MB of them would be the largest part of the template.
      initDbStartParams: ['--wal-segsize=4'],
    });
    await pg.exec('UPDATE pg_database SET datistemplate = false');
    await pg.exec('DROP DATABASE template0');
    await pg.exec('DROP DATABASE template1');
    await pg.exec(SCHEMA_SQL);
    await pg.exec('CHECKPOINT');
    await pg.close();
    await writeFile(target, await promisify(gzip)(createTar(await filesOf(directory))));
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function filesOf(directory: string): Promise<{ name: string; data?: Uint8Array }[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    const name = relative(directory, path).replaceAll('\\', '/');
    return entry.isDirectory() ? { name: `${name}/` } : { name, data: await readFile(path) };
  });
  // A directory comes before what lies in it.
  return (await Promise.all(files)).sort((a, b) => (a.name < b.name ? -1 : 1));
}
