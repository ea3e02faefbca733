import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Durability } from '../../src/port.ts';
import { imageOf, type Image } from '../storage/image.ts';
import { receiptsIn, type Life, type Told } from '../victim/job.ts';
import { runVictim } from '../victim/run-victim.ts';

/** What some processes did, one after the other, on one directory. */
export interface RecordedRun {
  /** The log's directory, as they left it. */
  readonly directory: string;
  /** What lay in it before, all of it synced. */
  readonly before: Image;
  /** Of their storage operations; see `operation.ts`. */
  readonly record: string;
  /** What their receipts said. */
  readonly events: readonly Told[];
}

/** Lets victims live one after the other below `folder`, recorded. The log's worker alone is: it does all that is done to a cluster. */
export async function recordRun(
  folder: string,
  durability: Exclude<Durability, 'memory'>,
  lives: readonly Life[],
  prepare: (directory: string) => Promise<void> = () => Promise.resolve(),
): Promise<RecordedRun> {
  const directory = join(folder, 'log');
  const record = join(folder, 'record');
  const receipts = join(folder, 'receipts');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await writeFile(receipts, '');
  await prepare(directory);
  const before = imageOf(directory);
  for (const life of lives) await runVictim({ directory, receipts, durability, life }, { record });
  return { directory, before, record, events: receiptsIn(await readFile(receipts, 'utf8')) };
}
