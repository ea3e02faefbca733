import { LogError } from '../errors.ts';
import { SqlFailure } from '../sql/sql-session.ts';
import type { Failure } from './wire.ts';

/** SQLSTATEs of a disk that takes no more: disk full, read-only, I/O error. */
const NOT_WRITABLE = new Set(['53100', '25006', '58030']);
const DISK_WORDS =
  /no space left|ENOSPC|EROFS|EDQUOT|EACCES|EPERM|EIO\b|read-only file system|quota exceeded|permission denied|input\/output error/i;
/** SQLSTATEs of data that is not what was written: a page or an index with a wrong checksum, a file that is gone or too short. */
const DAMAGED = new Set(['XX001', 'XX002', '58P01', '58P03']);

/** An error of the worker as what the main thread gets to know of it. */
export function failureOf(error: unknown): Failure {
  if (error instanceof LogError) {
    const { code, message, step, position } = error;
    return { code, message, step, ...(position !== null && { position }), fatal: false };
  }
  const message = error instanceof Error ? error.message : String(error);
  if (isNotWritable(error)) {
    return {
      code: 'LogNotWritable',
      message: `The log cannot be written: ${message}. Free some space or check the directory, then try again.`,
      // PGlite does not get over a write that failed: the next statement spins for ever (tried on a full disk).
      fatal: true,
    };
  }
  if (error instanceof SqlFailure) {
    return DAMAGED.has(error.sqlState)
      ? {
          code: 'LogDamaged',
          message: `A part of the log cannot be read: ${message}. The rest of it can; restore a backup to get the part back.`,
          fatal: false,
        }
      : { code: 'InvalidAppend', message: `PostgreSQL refused it: ${message}.`, fatal: false };
  }
  // Not PostgreSQL's answer: its WebAssembly has ended, and nothing more can be asked of this instance.
  return {
    code: 'LogTimeout',
    message: `The log stopped (${message}) and is opened again.`,

    fatal: true,
  };
}

/** Whether the disk is why something failed. */
export function isNotWritable(error: unknown): boolean {
  if (error instanceof SqlFailure && NOT_WRITABLE.has(error.sqlState)) return true;
  return DISK_WORDS.test(error instanceof Error ? error.message : String(error));
}
