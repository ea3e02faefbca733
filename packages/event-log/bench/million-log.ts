import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SCHEMA_SQL } from '../src/pglite/schema.ts';
import { CLUSTER_NAME } from '../src/pglite/cluster-name.ts';
import { measure } from './measure.ts';
import { BENCH_CACHE } from './places.ts';

/** A log of `count` events, in a directory that is kept: made once for each schema, in half a minute a million. */
export async function logOf(count: number): Promise<string> {
  const filling = await readFile(join(import.meta.dirname, 'tasks/filling.ts'));
  const print = createHash('sha256').update(SCHEMA_SQL).update(filling).digest('hex').slice(0, 12);
  const directory = join(BENCH_CACHE, `log-${CLUSTER_NAME}-${print}-${count}`);
  if (existsSync(directory)) return directory;
  console.log(`log: making a log of ${count} events …`);
  const half = `${directory}.half`;
  await rm(half, { recursive: true, force: true });
  await measure('fillLog', half, count);
  await rename(half, directory);
  return directory;
}
