import { LogError } from '../errors.ts';
import type { Failure } from '../pglite/wire.ts';
import { SqlFailure } from '../sql/sql-session.ts';
import { ConnectionLost } from './postgres-session.ts';

/** SQLSTATEs of a server that takes no writes: disk full, read-only (a standby), I/O error, no right to write. */
const NOT_WRITABLE = new Set(['53100', '25006', '58030', '42501']);
/** SQLSTATEs of a transaction that was undone for no fault of its own: serialization, deadlock, lock wait, time out, cancelled. */
const UNDONE = /^(40|55P03|57014)/;

/** Any failure of the server as a `LogError`. */
export function toLogError(error: unknown): LogError {
  if (error instanceof LogError) return error;
  const { code, message } = failureOf(error);
  return new LogError(code, message, { cause: error });
}

/** A failure of the server as what the one who asked gets to know of it; `fatal` where the connection is gone with it. */
export function failureOf(error: unknown): Failure {
  if (error instanceof LogError) return { code: error.code, message: error.message, fatal: false };
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof SqlFailure && NOT_WRITABLE.has(error.sqlState)) {
    return {
      code: 'LogNotWritable',
      message: `The server does not let the log be written: ${message}.`,
      fatal: false,
    };
  }
  if (error instanceof SqlFailure && !UNDONE.test(error.sqlState)) {
    return { code: 'InvalidAppend', message: `PostgreSQL refused it: ${message}.`, fatal: false };
  }
  return {
    code: 'LogTimeout',
    message: `The server gave no answer (${message}). Repeat the command under its id to learn whether it was appended.`,
    fatal: error instanceof ConnectionLost,
  };
}
