import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { parseTar } from 'nanotar';
import { syncDirectory } from './durable-directory.ts';

const LEFTOVER = '.installing-';

/**
 * Unpacks the template of a cluster to `target`, which must not exist. Called by the owner of the directory only.
 *
 * Invariant: at every moment, `target` either does not exist or is a whole cluster that is on the disk. `initdb` in its place
 * breaks that (it leaves a directory that never opens again when it is killed), so: a directory beside it, synced, renamed.
 * What an earlier killed attempt left behind is removed first.
 */
export async function installTemplate(template: string, target: string): Promise<void> {
  const parent = dirname(target);
  const prefix = `${basename(target)}${LEFTOVER}`;
  const leftovers = (await readdir(parent)).filter((name) => name.startsWith(prefix));
  await Promise.all(leftovers.map((name) => rm(join(parent, name), { recursive: true })));
  if (existsSync(target)) throw new Error(`${target} exists already.`);

  const items = parseTar(await promisify(gunzip)(await readFile(template)));
  const unpacked = join(parent, `${prefix}${randomUUID()}`);
  const directories = [
    unpacked,
    ...items.filter(({ type }) => type === 'directory').map(({ name }) => join(unpacked, name)),
  ];
  // PostgreSQL refuses a directory that others can read.
  for (const directory of directories) await mkdir(directory, { mode: 0o700 });
  await Promise.all(
    items
      .filter(({ type }) => type === 'file')
      .map(({ name, data = new Uint8Array() }) =>
        writeFile(join(unpacked, name), data, { mode: 0o600, flush: true }),
      ),
  );
  await Promise.all(directories.map(syncDirectory));
  await rename(unpacked, target);
  await syncDirectory(parent);
}
