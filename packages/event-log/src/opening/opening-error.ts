import { LogError, type OpeningStep } from '../errors.ts';
import { isNotWritable } from '../pglite/faults.ts';

const FOUND_BY = {
  ownership: 'it cannot be owned',
  inspection: 'it is not whole',
  recovery: 'PostgreSQL does not start on it',
  checkpoint: 'what was recovered cannot be written down',
  verification: 'the end of the log does not hold together',
  upgrade: 'it cannot be brought to the newer schema',
} as const satisfies Record<OpeningStep, string>;

/**
 * Says that a directory does not open, and which step found it. It is byte for byte as it was, see `WriteJournal`.
 *
 * @param more `position`: the first that is missing, where the log holds together up to it
 */
export function damaged(
  step: OpeningStep,
  directory: string,
  reason: string,
  more: { readonly cause?: unknown; readonly position?: number } = {},
): LogError {
  return new LogError(
    'LogDamaged',
    `${directory} does not open, ${FOUND_BY[step]}: ${reason}. It was left as it was.`,
    { ...more, step },
  );
}

/** What stopped a step, as what opening rejects with: a disk that takes or gives nothing is no damage of the log. */
export function openingError(
  step: OpeningStep,
  directory: string,
  error: unknown,
  lastWords: string | null,
): LogError {
  if (error instanceof LogError) return error;
  const reason = lastWords ?? (error instanceof Error ? error.message : String(error));
  if (isNotWritable(error) || isNotWritable(new Error(reason))) {
    return new LogError(
      'LogNotWritable',
      `${directory} cannot be written: ${reason}. Free some space or check the disk, then try again.`,
      { step, cause: error },
    );
  }
  return damaged(step, directory, reason, { cause: error });
}
