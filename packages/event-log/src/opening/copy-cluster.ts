import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { syncDirectory } from '../pglite/durable-directory.ts';

/**
 * Copies a cluster that no PostgreSQL runs on. What lies in `target` is removed first.
 *
 * Invariant: once this resolves, the copy was compared with the original and is on the disk, but for its own name.
 *
 * @param onFile hears of each file before it is copied
 */
export async function copyCluster(
  cluster: string,
  target: string,
  onFile: () => void = () => undefined,
): Promise<void> {
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { mode: 0o700 });
  const entries = await readdir(cluster, { recursive: true, withFileTypes: true });
  const placeOf = (entry: (typeof entries)[number]): string =>
    relative(cluster, join(entry.parentPath, entry.name));
  const directories = entries.filter((entry) => entry.isDirectory()).map(placeOf);
  const files = entries.filter((entry) => entry.isFile()).map(placeOf);
  // A directory comes before what lies in it.
  for (const place of directories.sort()) await mkdir(join(target, place), { mode: 0o700 });
  for (const place of files) {
    onFile();
    await copyFile(join(cluster, place), join(target, place));
    await sync(join(target, place));
    if ((await digestOf(join(cluster, place))) !== (await digestOf(join(target, place)))) {
      throw new Error(
        `EIO: the copy of ${place} is not what was copied; the disk does not keep what is written`,
      );
    }
  }
  for (const place of ['', ...directories]) await syncDirectory(join(target, place));
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
