import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncDirectory } from '../pglite/durable-directory.ts';
import { copyCluster } from './copy-cluster.ts';

/**
 * Keeps a copy of a cluster that was closed in order beside it, before its log is brought to a newer schema: `pg18.schema-1`.
 *
 * Invariant: once this resolves, a whole copy that was compared with the original lies under that name, on the disk.
 *
 * @param onFile hears of each file before it is copied
 */
export async function keepBeforeUpgrade(
  cluster: string,
  schema: number,
  onFile: () => void,
): Promise<string> {
  const kept = `${cluster}.schema-${schema}`;
  const copying = `${kept}.copying`;
  await copyCluster(cluster, copying, onFile);
  // One of an upgrade that did not come to its end may lie there; an older version can have appended since.
  await rm(kept, { recursive: true, force: true });
  await rename(copying, kept);
  await syncDirectory(dirname(kept));
  return kept;
}
