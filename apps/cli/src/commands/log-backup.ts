import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { writeBackup } from '@retrace/event-log';
import { CommandError, EXIT_CODES } from '../exit-code.ts';
import { withProgress } from '../progress.ts';
import { addLogCommand, onLog, placeOf, type Run, type SharedOptions } from '../run.ts';
import { backupDirectoryOf } from '../user-data-directory.ts';

/** `retrace log backup [folder]`: a backup beside those that the application makes by itself, or in a folder of one's own. */
export function addLogBackup(log: Command, { output, signal }: Run): void {
  addLogCommand(log, 'backup', 'writes a backup, reads it back, and says where it is and how much it holds')
    .argument('[folder]', 'where to; where the application keeps its own if it is left out')
    .action(async (folder: string | undefined, options: SharedOptions) => {
      const directory = resolve(folder ?? folderOf(options));
      const { name, head, redacted } = await onLog(options, (opened) =>
        withProgress('Backing up', (onProgress) =>
          writeBackup(opened, { directory, madeAt: new Date(), onProgress, signal }),
        ),
      );
      const file = join(directory, name);
      const { size: bytes } = await stat(file);
      await output.lines(
        options.json
          ? JSON.stringify({ file, bytes, ...head, redacted })
          : `${head.position} events are in ${file} (${(bytes / 1e6).toFixed(1)} MB), which was read back whole.\nanchor ${head.position}:${head.hash}`,
      );
    });
}

/** The application's own folder is for its own log: another log's backup there would be taken for a backup of this one. */
function folderOf(options: SharedOptions): string {
  const place = placeOf(options);
  if (place.kind === 'directory') return backupDirectoryOf(place.userDataDirectory);
  throw new CommandError(
    'FolderMissing',
    EXIT_CODES.usage,
    'Name a folder for the backups of a log on a server: retrace log backup <folder>.',
  );
}
