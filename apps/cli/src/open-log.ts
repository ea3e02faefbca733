import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ENGINE_TABLES } from '@retrace/engine';
import { openPgliteLog, type EventLog } from '@retrace/event-log';
import { openPostgresLog } from '@retrace/event-log/postgres';
import { CommandError, EXIT_CODES } from './exit-code.ts';
import { logDirectoryOf } from './user-data-directory.ts';

/** Where a log is. */
export type LogPlace =
  | { readonly kind: 'directory'; readonly userDataDirectory: string }
  | { readonly kind: 'server'; readonly connectionString: string };

/**
 * Opens a log as the desktop does, and leaves it to the caller to close it. What opening has to say goes to `onNotice`. Makes a
 * log in a directory without one only where `new-too` says so.
 *
 * Rejects with `LogNotFound`, or with what opening rejects with: `LogOwned` while Retrace runs, `LogDamaged`, `LogIncompatible`,
 * `LogUnreachable`.
 */
export async function openLog(
  place: LogPlace,
  onNotice: (notice: string) => void,
  where: 'there' | 'new-too' = 'there',
): Promise<EventLog> {
  // Tables that are not declared would be dropped.
  const opening = { tables: ENGINE_TABLES, onNotice };
  if (place.kind === 'server') {
    return await openPostgresLog({ ...opening, connectionString: place.connectionString });
  }
  const directory = logDirectoryOf(place.userDataDirectory);
  if (where === 'there' && !(await holdsLog(directory))) {
    throw new CommandError(
      'LogNotFound',
      EXIT_CODES.notFound,
      `There is no log in ${directory}. Name Retrace’s data directory with --user-data-dir=<folder>.`,
    );
  }
  return await openPgliteLog({
    ...opening,
    directory,
    workerUrl: built('worker.js'),
    template: built('template.tar.gz'),
  });
}

/** What the build has put beside the command line's one file. */
function built(name: string): string {
  return fileURLToPath(new URL(`./log/${name}`, import.meta.url));
}

/** Whether a cluster lies there, of whatever PostgreSQL. */
async function holdsLog(directory: string): Promise<boolean> {
  return existsSync(directory) && (await readdir(directory)).some((name) => /^pg\d+$/.test(name));
}
