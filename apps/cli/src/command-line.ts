import { Command, CommanderError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { addLogBackup } from './commands/log-backup.ts';
import { addLogExport } from './commands/log-export.ts';
import { addLogImport } from './commands/log-import.ts';
import { addLogRestore } from './commands/log-restore.ts';
import { addLogShow } from './commands/log-show.ts';
import { addLogStats } from './commands/log-stats.ts';
import { addLogTail } from './commands/log-tail.ts';
import { addLogVerify } from './commands/log-verify.ts';
import { addRebuild } from './commands/rebuild.ts';
import { addSessions } from './commands/sessions.ts';
import { EXIT_CODES, failureOf, type ExitCode } from './exit-code.ts';
import { Output, OutputClosed } from './output.ts';
import { note, type Run } from './run.ts';

/** Runs one command line and resolves to the exit code, once everything is closed. Never rejects. */
export async function runCommandLine(words: readonly string[]): Promise<ExitCode> {
  const interruption = new AbortController();
  process.once('SIGINT', () => interruption.abort());
  process.once('SIGTERM', () => interruption.abort());
  try {
    const program = makeProgram({ output: new Output(process.stdout), signal: interruption.signal });
    await program.parseAsync(words, { from: 'user' });
    return EXIT_CODES.done;
  } catch (error) {
    if (error instanceof OutputClosed) return EXIT_CODES.done;
    if (interruption.signal.aborted) return EXIT_CODES.interrupted;
    // Commander has shown its help or the version, or the help of a command that needs another word.
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT_CODES.done;
    if (error instanceof CommanderError && error.code === 'commander.help') return EXIT_CODES.usage;
    const { exitCode, ...failure } = failureOf(error);
    note(words.includes('--json') ? JSON.stringify({ error: failure }) : `retrace: ${failure.message}`);
    return exitCode;
  }
}

function makeProgram(run: Run): Command {
  const program = new Command('retrace')
    .description('Looks at Retrace’s log, proves it, takes it elsewhere and brings it back.')
    .version(packageJson.version, '--version', 'the version of Retrace')
    .helpOption('--help', 'what a command does and takes')
    .helpCommand(false)
    .exitOverride()
    // Its refusals are told as all others are.
    .configureOutput({ outputError: () => undefined });
  const log = program
    .command('log')
    .description('the event log: look at it, prove it, move it')
    .helpCommand(false);
  addLogTail(log, run);
  addLogShow(log, run);
  addLogStats(log, run);
  addLogVerify(log, run);
  addLogExport(log, run);
  addLogImport(log, run);
  addLogBackup(log, run);
  addLogRestore(log, run);
  addSessions(program, run);
  addRebuild(program, run);
  return program;
}
