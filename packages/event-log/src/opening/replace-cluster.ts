import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { syncDirectory } from '../pglite/durable-directory.ts';
import { keptAsideName, type KeptAside } from './kept-aside.ts';

export interface Replaced<Made> {
  readonly made: Made;
  /** Where the cluster lies that was there before; null where there was none. */
  readonly keptAside: string | null;
}

/**
 * Lets `make` make a cluster in a directory beside, closed in order, and puts it in the place of the one that is there, which is kept
 * aside under a name with the time. Called by the owner of the directory.
 *
 * Invariants:
 * 1. At every moment the old cluster lies whole under its name or under that which it is kept aside under, and the new one takes its
 *    place only when it is whole.
 * 2. A process that is killed anywhere in this leaves a cluster in its place, or none and an old one aside, which no opening takes
 *    for a place to begin in (`refuseEmptyStart`).
 * 3. Where `make` rejects, nothing is changed.
 */
export async function replaceCluster<Made>(
  dataDirectory: string,
  why: KeptAside,
  make: (beside: string) => Promise<Made>,
): Promise<Replaced<Made>> {
  const parent = dirname(dataDirectory);
  const beside = `${dataDirectory}.rebuilding`;
  // Of one that was killed.
  await rm(beside, { recursive: true, force: true });
  let made: Made;
  try {
    made = await make(beside);
  } catch (error) {
    await rm(beside, { recursive: true, force: true });
    throw error;
  }
  const keptAside = join(parent, keptAsideName(basename(dataDirectory), why, new Date()));
  const hadOne = existsSync(dataDirectory);
  if (hadOne) await rename(dataDirectory, keptAside);
  await syncDirectory(parent);
  await rename(beside, dataDirectory);
  await syncDirectory(parent);
  return { made, keptAside: hadOne ? keptAside : null };
}
