import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { exportLog } from '../export/export-log.ts';
import { verifyExport, type Verified } from '../export/verify-export.ts';
import { makeDirectory, syncDirectory } from '../pglite/durable-directory.ts';
import type { EventLog } from '../port.ts';
import { backupName } from './backup-name.ts';

/** Of a backup that is being written, or whose writing was killed. There is one at a time. */
export const UNFINISHED = 'unfinished.jsonl.gz';

/**
 * Writes an export of the log, compressed, into a folder, and resolves with its name. Chunks are made in the log's own thread and
 * compressed in Node's, so appends wait for no more than one chunk.
 *
 * Invariant: under the name of a backup there is either nothing or a whole export that is on the disk and was read back and
 * verified, event by event.
 *
 * Rejects with what the log, the disk or the signal says; then nothing is left of it.
 */
export async function writeBackup(
  log: Pick<EventLog, 'chain'>,
  { directory, madeAt, signal }: { directory: string; madeAt: Date; signal: AbortSignal },
): Promise<string> {
  const unfinished = join(directory, UNFINISHED);
  await makeDirectory(directory);
  try {
    await pipeline(
      Readable.from(exportLog(log, { signal })),
      createGzip(),
      createWriteStream(unfinished, { mode: 0o600, flush: true }),
      { signal },
    );
    const { head } = await verifyBackup(unfinished, signal);
    const name = backupName(madeAt, head.position);
    await rename(unfinished, join(directory, name));
    await syncDirectory(directory);
    return name;
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** Reads a backup through. Rejects where it is not whole. */
export async function verifyBackup(path: string, signal?: AbortSignal): Promise<Verified> {
  return await verifyExport(readBackup(path), signal === undefined ? {} : { signal });
}

/** The bytes of the export that a backup is. Ends with an error where the file cannot be read or is not gzip's. */
export async function* readBackup(path: string): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path);
  const export_ = createGunzip();
  const reading = pipeline(file, export_);
  // Its failure destroys `export_`, which passes it on to who reads.
  reading.catch(() => undefined);
  for await (const chunk of export_) yield chunk as Uint8Array;
  await reading;
}
