import type { Command } from 'commander';
import type { EventRecord } from '@retrace/event-log';
import { addFilterOptions, positiveCount, readSelected, type FilterOptions } from '../record-filter.ts';
import { recordLine } from '../record-text.ts';
import { addLogCommand, onLog, type Run, type SharedOptions } from '../run.ts';

interface TailOptions extends SharedOptions, FilterOptions {
  readonly lines: number;
}

/** `retrace log tail`: the newest events that the filters choose, the newest last, as a terminal shows it best. */
export function addLogTail(log: Command, { output, signal }: Run): void {
  const command = addLogCommand(log, 'tail', 'the newest events, the newest of them last');
  addFilterOptions(command)
    .option('-n, --lines <count>', 'how many', positiveCount, 20)
    .action(async (options: TailOptions) => {
      await onLog(options, async (opened) => {
        const newest: EventRecord[] = [];
        for await (const records of readSelected(opened.log, options, { direction: 'backward' })) {
          signal.throwIfAborted();
          newest.push(...records.slice(0, options.lines - newest.length));
          if (newest.length === options.lines) break;
        }
        for (const record of newest.reverse()) {
          await output.lines(options.json ? JSON.stringify(record) : recordLine(record));
        }
      });
    });
}
