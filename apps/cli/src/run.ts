import type { Command } from 'commander';
import { printable, type Output } from './output.ts';
import { withLog, type OpenedLog } from './open-log.ts';
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
  readonly json?: true;
}

/** Adds a command that works on a log. */
export function addLogCommand(parent: Command, name: string, description: string): Command {
  return parent
    .command(name)
    .description(description)
    .option('--user-data-dir <folder>', 'Retrace’s data directory', defaultUserDataDirectory())
    .option('--json', 'write JSON, for programs');
}

/** Opens the log that the options name; what opening has to say goes to standard error. */
export function onLog<T>(options: SharedOptions, use: (opened: OpenedLog) => Promise<T>): Promise<T> {
  return withLog(options.userDataDir, note, use);
}

/** A sentence for the person, beside the output. */
export function note(sentence: string): void {
  process.stderr.write(`${printable(sentence)}\n`);
}
