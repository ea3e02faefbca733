import type { Expectation } from './port.ts';

/** Why a log refused. `code` is for programs, `message` says what to do. */
export const LOG_ERROR_CODES = [
  /** The stream is not at the version the writer believed. Read it again and decide anew. */
  'ExpectationFailed',
  /** The command id was used before with other content. */
  'IdempotencyConflict',
  /** The append or the options are malformed. */
  'InvalidAppend',
  /** Another process owns the directory. */
  'LogOwned',
  /** The directory does not open and was left untouched, or a part of an open log cannot be read. */
  'LogDamaged',
  /** The directory belongs to another PostgreSQL major. */
  'LogIncompatible',
  /** The log was written by a newer version of the application: it can be read, and nothing appended. */
  'LogReadOnly',
  /** The disk is full or refuses writing. Nothing was appended. */
  'LogNotWritable',
  /** The log did not answer in time and was reopened. Whether the append happened is told by repeating it under its command id. */
  'LogTimeout',
  /** The server of the log cannot be reached, or does not let this user in. Nothing was appended. */
  'LogUnreachable',
  'LogClosed',
  /** An event of the log is not what was appended; `position` names the first one. Restore a backup, or ask who changed the log. */
  'ChainBroken',
  /** An export is not what was written; `position` names the first event (0: the first line). Take another copy of the file. */
  'ExportDamaged',
  /** The log has events that the export has not. Import into an empty log. */
  'ImportRefused',
] as const;
export type LogErrorCode = (typeof LOG_ERROR_CODES)[number];

/** What opening a log on disk does, in this order. Each step refuses with a `LogError` that names it. */
export const OPENING_STEPS = [
  /** Becoming the directory's one owner. */
  'ownership',
  /** Looking at the directory without changing it. */
  'inspection',
  /** Starting PostgreSQL, which replays what a crash left in its WAL. */
  'recovery',
  'checkpoint',
  /** Looking whether the end of the log holds together. */
  'verification',
  /** Bringing a log of an older version to this one's schema, after a copy was kept. */
  'upgrade',
] as const;
export type OpeningStep = (typeof OPENING_STEPS)[number];

export class LogError extends Error {
  override readonly name = 'LogError';
  constructor(
    readonly code: LogErrorCode,
    message: string,
    options?: ErrorOptions & {
      readonly stream?: string;
      readonly expected?: Expectation;
      readonly actual?: number;
      readonly position?: number;
      readonly step?: OpeningStep | null;
    },
  ) {
    super(message, options);
    this.stream = options?.stream ?? null;
    this.expected = options?.expected ?? null;
    this.actual = options?.actual ?? null;
    this.position = options?.position ?? null;
    this.step = options?.step ?? null;
  }

  /** With `ExpectationFailed`: the stream, what was believed of it, and its version (0 where there is none). */
  readonly stream: string | null;
  readonly expected: Expectation | null;
  readonly actual: number | null;
  /**
   * With `ChainBroken` and `ExportDamaged`: the first position that is not as it was written. With a refusal to open as `LogDamaged`:
   * the first that is missing, where the log lost its end and nothing else.
   */
  readonly position: number | null;
  /** With a refusal to open: the step that refused. */
  readonly step: OpeningStep | null;
}
