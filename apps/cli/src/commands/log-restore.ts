import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import {
  importLog,
  LogError,
  newestWholeBackup,
  readBackup,
  verifyLog,
  type Verified,
} from '@retrace/event-log';
import { checkFile } from '../check-file.ts';
import { CommandError, EXIT_CODES } from '../exit-code.ts';
import { holdsLog, restoreInto } from '../open-log.ts';
import { withProgress } from '../progress.ts';
import { addLogCommand, note, onLog, placeOf, type Run, type SharedOptions } from '../run.ts';
import { backupDirectoryOf, logDirectoryOf } from '../user-data-directory.ts';

interface RestoreOptions extends SharedOptions {
  readonly replace?: true;
}

/** What a restoring leaves. `keptAside` is where the log lies that was there before; null where there was none. */
interface RestoredLog extends Verified {
  readonly keptAside: string | null;
}

/** `retrace log restore [backup]`: the log as a backup has it, in the place of the one that is there. */
export function addLogRestore(log: Command, { output, signal }: Run): void {
  addLogCommand(
    log,
    'restore',
    'the log as a backup has it; one that is there is kept aside, and only if that is asked for',
  )
    .argument(
      '[backup]',
      'a file that backup wrote; the newest of the application’s that is whole if left out',
    )
    .option(
      '--replace',
      'put it in the place of a log that has events, or is damaged; that one is kept aside',
    )
    .action(async (file: string | undefined, options: RestoreOptions) => {
      const backup = file === undefined ? await newestOf(options, signal) : resolve(file);
      await checkFile(backup);
      const { head, redacted, keptAside } = await restore(backup, options, signal);
      await output.lines(
        options.json
          ? JSON.stringify({ backup, ...head, redacted, keptAside })
          : [
              `The log has the ${head.position} events of ${basename(backup)}, and was read through.`,
              ...(keptAside === null ? [] : [`The log that was there was kept as ${keptAside}.`]),
              `anchor ${head.position}:${head.hash}`,
            ].join('\n'),
      );
    });
}

async function newestOf(options: RestoreOptions, signal: AbortSignal): Promise<string> {
  const folder = backupDirectoryOf(options.userDataDir);
  const newest = await withProgress('Looking', (onProgress) =>
    newestWholeBackup(folder, note, { onProgress, signal }),
  );
  if (newest !== null) return newest.path;
  throw new CommandError(
    'FileNotFound',
    EXIT_CODES.notFound,
    `There is no whole backup in ${folder}. Name one: retrace log restore <backup>.`,
  );
}

async function restore(backup: string, options: RestoreOptions, signal: AbortSignal): Promise<RestoredLog> {
  const place = placeOf(options);
  if (place.kind === 'server') {
    if (options.replace) {
      throw new CommandError(
        'Usage',
        EXIT_CODES.usage,
        'A log on a server cannot be kept aside: restore into an empty database.',
      );
    }
    const verified = await onLog(options, (log) =>
      withProgress('Restoring', async (onProgress) => {
        const { head } = await importLog(log, readBackup(backup), { onProgress, signal });
        return await verifyLog(log, { anchor: head, onProgress, signal });
      }),
    );
    return { ...verified, keptAside: null };
  }
  const directory = logDirectoryOf(place.userDataDirectory);
  if (!options.replace && (await holdsLog(directory))) await refuseUnlessEmpty(options);
  return await withProgress('Restoring', (onProgress) =>
    restoreInto(place.userDataDirectory, backup, { onProgress, signal }),
  );
}

async function refuseUnlessEmpty(options: RestoreOptions): Promise<void> {
  const advice = 'Nothing was changed. With --replace it is kept aside, and the backup put in its place.';
  try {
    const head = await onLog(options, (log) => log.head());
    if (head === 0) return;
    throw new CommandError('LogNotEmpty', EXIT_CODES.usage, `The log there has ${head} events. ${advice}`);
  } catch (error) {
    if (!(error instanceof LogError && error.code === 'LogDamaged')) throw error;
    throw new CommandError(error.code, EXIT_CODES.damaged, `${error.message} ${advice}`);
  }
}
