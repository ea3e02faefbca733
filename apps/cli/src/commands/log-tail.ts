import type { Command } from 'commander';
import type { EventLog, EventRecord } from '@retrace/event-log';
import { concatMap, fromEvent, lastValueFrom, takeUntil } from 'rxjs';
import { CommandError, EXIT_CODES } from '../exit-code.ts';
import {
  addFilterOptions,
  positiveCount,
  readSelected,
  selects,
  type FilterOptions,
} from '../record-filter.ts';
import { recordLine } from '../record-text.ts';
import { addLogCommand, onLog, placeOf, type Run, type SharedOptions } from '../run.ts';

interface TailOptions extends SharedOptions, FilterOptions {
  readonly lines: number;
  readonly follow?: true;
}

/** `retrace log tail`: the newest events that the filters choose, the newest last, as a terminal shows it best. */
export function addLogTail(log: Command, run: Run): void {
  const command = addLogCommand(log, 'tail', 'the newest events, the newest of them last');
  addFilterOptions(command)
    .option('-n, --lines <count>', 'how many', positiveCount, 20)
    .option('-f, --follow', 'then each new one as it comes, until Ctrl+C; for a log on a server')
    .action(async (options: TailOptions) => {
      if (options.follow && placeOf(options).kind === 'directory') {
        throw new CommandError(
          'NothingToFollow',
          EXIT_CODES.usage,
          'Nothing new can come to a directory while this command owns it: --follow needs --log=postgres://….',
        );
      }
      await onLog(options, (opened) => tail(opened, options, run));
    });
}

async function tail(log: EventLog, options: TailOptions, { output, signal }: Run): Promise<void> {
  const print = async (records: readonly EventRecord[]): Promise<void> => {
    for (const record of records) {
      await output.lines(options.json ? JSON.stringify(record) : recordLine(record));
    }
  };
  const head = await log.head();
  const newest: EventRecord[] = [];
  for await (const records of readSelected(log, options, { direction: 'backward', before: head + 1 })) {
    signal.throwIfAborted();
    newest.push(...records.slice(0, options.lines - newest.length));
    if (newest.length === options.lines) break;
  }
  await print(newest.reverse());
  if (!options.follow) return;
  const printed = log.follow(head).pipe(
    concatMap((records) => print(records.filter((record) => selects(options, record)))),
    takeUntil(fromEvent(signal, 'abort')),
  );
  await lastValueFrom(printed, { defaultValue: undefined });
  signal.throwIfAborted();
}
