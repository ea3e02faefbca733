import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { syncDirectory } from '../pglite/durable-directory.ts';

/**
 * Keeps a copy of a cluster that was closed in order beside it, before its log is brought to a newer schema: `pg18.schema-1`.
 *
 * Invariant: once this resolves, a whole copy that was compared with the original lies under that name, on the disk.
 */
export async function keepBeforeUpgrade(cluster: string, schema: number): Promise<string> {
  const kept = `${cluster}.schema-${schema}`;
  const copying = `${kept}.copying`;
  await rm(copying, { recursive: true, force: true });
  await mkdir(copying, { mode: 0o700 });
  const entries = await readdir(cluster, { recursive: true, withFileTypes: true });
  const placeOf = (entry: (typeof entries)[number]): string =>
    relative(cluster, join(entry.parentPath, entry.name));
  const directories = entries.filter((entry) => entry.isDirectory()).map(placeOf);
  const files = entries.filter((entry) => entry.isFile()).map(placeOf);
  // A directory comes before what lies in it.
  for (const place of directories.sort()) await mkdir(join(copying, place), { mode: 0o700 });
  for (const place of files) {
    await copyFile(join(cluster, place), join(copying, place));
    await sync(join(copying, place));
    if ((await digestOf(join(cluster, place))) !== (await digestOf(join(copying, place)))) {
      throw new Error(
        `EIO: the copy of ${place} is not what was copied; the disk does not keep what is written`,
      );
    }
  }
  for (const place of ['', ...directories]) await syncDirectory(join(copying, place));
  // One of an upgrade that did not come to its end may lie there; an older version can have appended since.
  await rm(kept, { recursive: true, force: true });
  await rename(copying, kept);
  await syncDirectory(dirname(kept));
  return kept;
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
