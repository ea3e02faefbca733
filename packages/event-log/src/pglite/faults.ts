import { LogError } from '../errors.ts';
import { SqlFailure } from './sql-session.ts';
import type { Failure } from './wire.ts';

/** SQLSTATEs of a disk that does not take more: disk full, out of memory, read-only transaction, and I/O errors. */
const NOT_WRITABLE = new Set(['53100', '53200', '25006', '58030']);
const DISK_WORDS =
  /no space left|ENOSPC|EROFS|EDQUOT|EACCES|EPERM|read-only file system|quota exceeded|permission denied/i;

/** An error of the worker as what the main thread gets to know of it. */
export function failureOf(error: unknown): Failure {
  if (error instanceof LogError) return { code: error.code, message: error.message, fatal: false };
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof SqlFailure) {
    return NOT_WRITABLE.has(error.sqlState) || DISK_WORDS.test(message)
      ? notWritable(message, false)
      : { code: 'InvalidAppend', message: `PostgreSQL refused it: ${message}`, fatal: false };
  }
  // Not PostgreSQL's answer: its WebAssembly has ended, and nothing more can be asked of this instance.
  return DISK_WORDS.test(message)
    ? notWritable(message, true)
    : { code: 'LogTimeout', message: `The log stopped (${message}) and is opened again.`, fatal: true };
}

function notWritable(message: string, fatal: boolean): Failure {
  return {
    code: 'LogNotWritable',
    message: `The log cannot be written: ${message}. Free some space or check the directory, then try again.`,
    fatal,
  };
}
