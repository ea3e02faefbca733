import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isNativeError } from 'node:util/types';
import { createGunzip, createGzip } from 'node:zlib';
import { LogError } from '../errors.ts';
import { exportLog } from '../export/export-log.ts';
import type { LongWork } from '../export/progress.ts';
import { verifyExport, type Verified } from '../export/verify-export.ts';
import { makeDirectory, syncDirectory } from '../pglite/durable-directory.ts';
import type { EventLog } from '../port.ts';
import { backupName } from './backup-name.ts';

/** Of a backup that is being written, or whose writing was killed. There is one at a time. */
export const UNFINISHED = 'unfinished.jsonl.gz';

/** A backup that lies in its folder, and what it was found to be when it was read back. */
export interface WrittenBackup extends Verified {
  readonly name: string;
}

/**
 * Writes an export of the log, compressed, into a folder, and resolves with what it was read back as. Chunks are made in the log's
 * own thread and compressed in Node's, so appends wait for no more than one chunk. Progress is told twice: of writing, then of
 * reading back.
 *
 * Invariant: under the name of a backup there is either nothing or a whole export that is on the disk and was read back and
 * verified, event by event.
 *
 * Rejects with what the log, the disk or the signal says; then nothing is left of it.
 */
export async function writeBackup(
  log: Pick<EventLog, 'chain'>,
  { directory, madeAt, ...work }: LongWork & { readonly directory: string; readonly madeAt: Date },
): Promise<WrittenBackup> {
  const unfinished = join(directory, UNFINISHED);
  await makeDirectory(directory);
  try {
    await pipeline(
      Readable.from(exportLog(log, work)),
      createGzip(),
      createWriteStream(unfinished, { mode: 0o600, flush: true }),
      { signal: work.signal },
    );
    const verified = await verifyBackup(unfinished, work);
    const name = backupName(madeAt, verified.head.position);
    await rename(unfinished, join(directory, name));
    await syncDirectory(directory);
    return { name, ...verified };
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** Reads a backup through. Rejects with `ExportDamaged` where it is not whole. */
export async function verifyBackup(path: string, work?: LongWork): Promise<Verified> {
  return await verifyExport(readBackup(path), work);
}

/**
 * The bytes of the export that a backup is. Ends with `ExportDamaged` where the file is not gzip's to its end, and with the
 * system's error where it cannot be read.
 */
export async function* readBackup(path: string): AsyncGenerator<Uint8Array> {
  const export_ = createGunzip();
  const reading = pipeline(createReadStream(path), export_);
  // Its failure destroys `export_`, which passes it on to who reads.
  reading.catch(() => undefined);
  try {
    for await (const chunk of export_) yield chunk as Uint8Array;
    await reading;
  } catch (error) {
    if (!isNativeError(error) || !('code' in error && String(error.code).startsWith('Z_'))) throw error;
    throw new LogError(
      'ExportDamaged',
      `The backup ${basename(path)} is damaged: ${error.message}. Take another one.`,
      { cause: error },
    );
  }
}
