import { createReadStream } from 'node:fs';
import type { Command } from 'commander';
import { importLog } from '@retrace/event-log';
import { checkFile } from '../check-file.ts';
import { withProgress } from '../progress.ts';
import { addLogCommand, onLog, type Run, type SharedOptions } from '../run.ts';

/** `retrace log import <file>`: the events of an export, into an empty log or one that it goes on from. */
export function addLogImport(log: Command, { output, signal }: Run): void {
  addLogCommand(
    log,
    'import',
    'the events of an export, into an empty or new log, or to go on with an import that was cut off',
  )
    .argument('<file>', 'what export wrote; “-” for standard input')
    .action(async (file: string, options: SharedOptions) => {
      if (file !== '-') await checkFile(file);
      const { head, imported } = await onLog(
        options,
        (opened) =>
          withProgress('Importing', (onProgress) =>
            importLog(opened, file === '-' ? process.stdin : createReadStream(file), { onProgress, signal }),
          ),
        'new-too',
      );
      await output.lines(
        options.json
          ? JSON.stringify({ ...head, imported })
          : `${imported} events were imported; the log has ${head.position}.\nanchor ${head.position}:${head.hash}`,
      );
    });
}
