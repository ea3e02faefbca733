import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportLog, importLog, type PgliteLog } from '../../src/index.ts';
import { openLog } from '../subjects/retrace.ts';
import { resident, settle } from './opening.ts';

export interface Moving {
  readonly ms: number;
  readonly events: number;
  /** The greatest resident memory while it ran, beyond that of the process with the log open. Null where the system does not say. */
  readonly moreMb: number | null;
}

/** Exports the log in a directory to a file. */
export function exportToFile(directory: string, file: string): Promise<Moving> {
  return look(directory, async (log) => {
    await pipeline(Readable.from(exportLog(log)), createWriteStream(file));
  });
}

/** Imports a file into a log in a directory that is made for it. */
export function importFromFile(directory: string, file: string): Promise<Moving> {
  return look(directory, async (log) => {
    await importLog(log, createReadStream(file));
  });
}

async function look(directory: string, move: (log: PgliteLog) => Promise<void>): Promise<Moving> {
  const log = await openLog(directory, 'process');
  await settle();
  const before = await resident();
  await forgetPeak();
  const begun = performance.now();
  await move(log);
  const ms = performance.now() - begun;
  const peak = await peakResident();
  const events = await log.head();
  await log.close();
  return { ms, events, moreMb: before === null || peak === null ? null : peak - before };
}

/** Makes the present resident memory the greatest so far (proc(5), `clear_refs`). */
async function forgetPeak(): Promise<void> {
  await writeFile('/proc/self/clear_refs', '5').catch(() => undefined);
}

async function peakResident(): Promise<number | null> {
  const text = await readFile('/proc/self/status', 'utf8').catch(() => null);
  const kilobytes = text === null ? null : /^VmHWM:\s+(\d+) kB/m.exec(text)?.[1];
  return kilobytes == null ? null : Number(kilobytes) / 1024;
}
