import { InvalidArgumentError, type Command } from 'commander';
import type { EventLog } from '@retrace/event-log';
import { openLog, type LogPlace } from './open-log.ts';
import { printable, type Output } from './output.ts';
import { defaultUserDataDirectory } from './user-data-directory.ts';

/** What a command has besides its own options. */
export interface Run {
  readonly output: Output;
  /** Aborted by Ctrl+C: the log is closed in order, then the run ends. */
  readonly signal: AbortSignal;
}

/** The options that every command has. */
export interface SharedOptions {
  readonly userDataDir: string;
  readonly log?: string;
  readonly json?: true;
}

/** Adds a command that works on a log. */
export function addLogCommand(parent: Command, name: string, description: string): Command {
  return parent
    .command(name)
    .description(description)
    .option('--user-data-dir <folder>', 'Retrace’s data directory', defaultUserDataDirectory())
    .option('--log <address>', 'the log on a PostgreSQL server, as postgres://…, instead', serverAddress)
    .option('--json', 'write JSON, for programs');
}

/** Where the log is that the options name. */
export function placeOf({ log, userDataDir }: SharedOptions): LogPlace {
  return log === undefined
    ? { kind: 'directory', userDataDirectory: userDataDir }
    : { kind: 'server', connectionString: log };
}

/** Opens the log that the options name, lets `use` work on it, and closes it however that ends. */
export async function onLog<T>(
  options: SharedOptions,
  use: (log: EventLog) => Promise<T>,
  where: 'there' | 'new-too' = 'there',
): Promise<T> {
  const log = await openLog(placeOf(options), note, where);
  try {
    return await use(log);
  } finally {
    await log.close();
  }
}

/** A sentence for the person, on standard error: beside the output, not in it. */
export function note(sentence: string): void {
  process.stderr.write(`${printable(sentence)}\n`);
}

function serverAddress(text: string): string {
  // The address itself is not repeated: it may hold a password.
  if (!/^postgres(ql)?:\/\//.test(text)) throw new InvalidArgumentError('It begins with postgres://.');
  return text;
}
