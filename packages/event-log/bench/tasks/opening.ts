import { readFile } from 'node:fs/promises';
import { setTimeout as pass } from 'node:timers/promises';
import { openLog } from '../subjects/retrace.ts';

export interface Opening {
  /** From the call to a log that answers with its head. */
  readonly ms: number;
  readonly head: number;
  /** Of the whole process, worker and all, after garbage was collected. Null where the system does not say. */
  readonly residentMb: number | null;
}

/** Opens the log in a directory, which exists, and looks at what that cost. */
export async function openAndLook(directory: string): Promise<Opening> {
  const begun = performance.now();
  const log = await openLog(directory);
  const head = await log.head();
  const ms = performance.now() - begun;
  await settle();
  const residentMb = await resident();
  await log.close();
  return { ms, head, residentMb };
}

/** Collects garbage, and gives PostgreSQL and the allocator a moment to be done with what they do on their own. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    globalThis.gc?.();
    await pass(300);
  }
}

/** Resident memory in MB, exactly: `smaps_rollup` counts pages, where `VmRSS` may lag behind. */
export async function resident(): Promise<number | null> {
  const text = await readFile('/proc/self/smaps_rollup', 'utf8').catch(() => null);
  const kilobytes = text === null ? null : /^Rss: +(\d+) kB/m.exec(text)?.[1];
  return kilobytes == null ? null : Number(kilobytes) / 1024;
}
