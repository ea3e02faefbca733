import { CommanderError } from 'commander';
import { LogError, type LogErrorCode } from '@retrace/event-log';

/** What a run ends with. They are documented in docs/command-line.md and stay as they are. */
export const EXIT_CODES = {
  done: 0,
  /** What was looked at is not as it should be. */
  flawed: 1,
  /** The command line was wrong; nothing was opened. */
  usage: 2,
  /** Another process, usually Retrace itself, owns the log. */
  owned: 3,
  /** There is no log, or nothing of that name in it. */
  notFound: 4,
  damaged: 5,
  /** Of another PostgreSQL major or a newer Retrace. */
  incompatible: 6,
  /** The disk is full or refuses writing. */
  notWritable: 7,
  /** The log or its server gave no answer. */
  noAnswer: 8,
  /** A mistake of ours. */
  internal: 70,
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];

/** A refusal of the command line's own. `message` is one sentence for the person. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  constructor(
    readonly code: string,
    readonly exitCode: ExitCode,
    message: string,
  ) {
    super(message);
  }
}

const OF_LOG_ERRORS = {
  ExpectationFailed: EXIT_CODES.internal,
  IdempotencyConflict: EXIT_CODES.internal,
  InvalidAppend: EXIT_CODES.usage,
  LogOwned: EXIT_CODES.owned,
  LogDamaged: EXIT_CODES.damaged,
  LogIncompatible: EXIT_CODES.incompatible,
  LogReadOnly: EXIT_CODES.incompatible,
  LogNotWritable: EXIT_CODES.notWritable,
  LogUnreachable: EXIT_CODES.noAnswer,
  LogTimeout: EXIT_CODES.noAnswer,
  LogClosed: EXIT_CODES.noAnswer,
  ChainBroken: EXIT_CODES.flawed,
  ExportDamaged: EXIT_CODES.flawed,
  ImportRefused: EXIT_CODES.usage,
} as const satisfies Record<LogErrorCode, ExitCode>;

/** How a run that failed ends: the code for programs, the sentence for the person, the exit code for the shell. */
export function failureOf(error: unknown): {
  readonly code: string;
  readonly message: string;
  readonly exitCode: ExitCode;
  /** The first position that is not as it should be. */
  readonly position?: number;
} {
  if (error instanceof CommandError) {
    const { code, message, exitCode } = error;
    return { code, message, exitCode };
  }
  if (error instanceof LogError) {
    const { code, message, position } = error;
    return { code, message, exitCode: OF_LOG_ERRORS[code], ...(position !== null && { position }) };
  }
  if (error instanceof CommanderError) {
    return { code: 'Usage', message: error.message.replace(/^error: /, ''), exitCode: EXIT_CODES.usage };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'Internal', message, exitCode: EXIT_CODES.internal };
}
