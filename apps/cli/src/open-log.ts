import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ENGINE_TABLES } from '@retrace/engine';
import { openPgliteLog, restorePgliteLog, type EventLog, type LongWork } from '@retrace/event-log';
import { openPostgresLog } from '@retrace/event-log/postgres';
import { CommandError, EXIT_CODES } from './exit-code.ts';
import { logDirectoryOf } from './user-data-directory.ts';

/** What the build has put beside the command line's one file. */
const BUILT = {
  workerUrl: new URL('./log/worker.js', import.meta.url),
  template: fileURLToPath(new URL('./log/template.tar.gz', import.meta.url)),
};

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
  return await openPgliteLog({ ...opening, ...BUILT, directory });
}

/** Puts the log of a backup in the place of the one in a data directory; see `restorePgliteLog`. */
export function restoreInto(
  userDataDirectory: string,
  backup: string,
  work: LongWork,
): ReturnType<typeof restorePgliteLog> {
  return restorePgliteLog({ ...BUILT, directory: logDirectoryOf(userDataDirectory) }, backup, work);
}

/** Whether a cluster lies there, of whatever PostgreSQL. */
export async function holdsLog(directory: string): Promise<boolean> {
  return existsSync(directory) && (await readdir(directory)).some((name) => /^pg\d+$/.test(name));
}
