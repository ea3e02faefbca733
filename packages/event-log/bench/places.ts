import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../../scripts/project.ts';

/** The benchmark's own folder: peers, built children, logs that are made once. On the disk that is measured; may be deleted. */
export const BENCH_CACHE = join(root, 'bench-cache');

/** Gives `work` an empty directory on the disk that is measured. */
export async function inFreshDirectory<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const parent = join(BENCH_CACHE, 'runs');
  await mkdir(parent, { recursive: true });
  const directory = await mkdtemp(join(parent, 'run-'));
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}
