import { LogError } from '@retrace/event-log';
import { RetraceError } from '@retrace/protocol';

/** Any failure as one that a person can be told, with the code that the protocol has for it. */
export function toRetraceError(error: unknown): RetraceError {
  if (error instanceof RetraceError) return error;
  if (!(error instanceof LogError)) {
    return new RetraceError('Internal', 'Something went wrong inside Retrace.', { cause: error });
  }
  switch (error.code) {
    case 'ExpectationFailed':
      return new RetraceError('Conflict', 'The session kept changing meanwhile. Try again.', {
        cause: error,
      });
    case 'IdempotencyConflict':
      return new RetraceError('IdempotencyConflict', error.message, { cause: error });
    case 'LogNotWritable':
    case 'LogTimeout':
    case 'LogUnreachable':
    case 'LogClosed':
    case 'LogOwned':
    case 'LogDamaged':
    case 'LogIncompatible':
    case 'ChainBroken':
    case 'LogReadOnly':
      return new RetraceError('LogUnavailable', `The log could not be used: ${error.message}`, {
        cause: error,
      });
    case 'ExportDamaged':
    case 'ImportRefused':
      return new RetraceError('InvalidInput', error.message, { cause: error });
    case 'InvalidAppend':
      return new RetraceError('Internal', 'Retrace tried to save something malformed.', { cause: error });
  }
}
