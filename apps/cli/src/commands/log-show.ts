import type { Command } from 'commander';
import { CommandError, EXIT_CODES } from '../exit-code.ts';
import { addFilterOptions, readSelected, type FilterOptions } from '../record-filter.ts';
import { recordAt } from '../record-at.ts';
import { recordLine, recordPage } from '../record-text.ts';
import { addLogCommand, onLog, type Run, type SharedOptions } from '../run.ts';

/** `retrace log show [what]`: one event whole, or the events of a stream, or all that the filters choose. */
export function addLogShow(log: Command, { output, signal }: Run): void {
  const command = addLogCommand(log, 'show', 'one event whole, or the events of a session, the oldest first');
  addFilterOptions(command)
    .argument('[what]', 'a position, or a stream: the id of a session; all events where it is left out')
    .action(async (what: string | undefined, options: SharedOptions & FilterOptions) => {
      await onLog(options, async (opened) => {
        if (what !== undefined && /^\d+$/.test(what)) {
          const record = await recordAt(opened, Number(what));
          await output.lines(options.json ? JSON.stringify(record) : recordPage(record));
          return;
        }
        let found = false;
        const filter = what === undefined ? options : { ...options, stream: what };
        for await (const records of readSelected(opened, filter)) {
          for (const record of records) {
            signal.throwIfAborted();
            found = true;
            await output.lines(options.json ? JSON.stringify(record) : recordLine(record));
          }
        }
        if (!found && what !== undefined) {
          throw new CommandError(
            'NothingFound',
            EXIT_CODES.notFound,
            `No such events of ${what} are in the log.`,
          );
        }
      });
    });
}
