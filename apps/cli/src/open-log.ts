import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ENGINE_TABLES } from '@retrace/engine';
import { openPgliteLog, type EventLog } from '@retrace/event-log';
import { CommandError, EXIT_CODES } from './exit-code.ts';
import { logDirectoryOf } from './user-data-directory.ts';

/** The log that a command works on, open. */
export interface OpenedLog {
  readonly log: EventLog;
  /** Its directory. */
  readonly place: string;
}

/**
 * Opens the log of a data directory, lets `use` work on it, and closes it however that ends. What opening has to say goes to
 * `onNotice`. Never makes a log where there is none.
 *
 * Rejects with `LogNotFound`, or with what opening rejects with: `LogOwned` while Retrace runs, `LogDamaged`, `LogIncompatible`.
 */
export async function withLog<T>(
  userDataDirectory: string,
  onNotice: (notice: string) => void,
  use: (opened: OpenedLog) => Promise<T>,
): Promise<T> {
  const place = logDirectoryOf(userDataDirectory);
  if (!(await holdsLog(place))) {
    throw new CommandError(
      'LogNotFound',
      EXIT_CODES.notFound,
      `There is no log in ${place}. Name Retrace’s data directory with --user-data-dir=<folder>.`,
    );
  }
  const built = (name: string): string => fileURLToPath(new URL(`./log/${name}`, import.meta.url));
  const log = await openPgliteLog({
    directory: place,
    workerUrl: built('worker.js'),
    template: built('template.tar.gz'),
    // The same as the desktop's: tables that are not declared would be dropped.
    tables: ENGINE_TABLES,
    onNotice,
  });
  try {
    return await use({ log, place });
  } finally {
    await log.close();
  }
}

/** Whether a cluster lies there, of whatever PostgreSQL. */
async function holdsLog(place: string): Promise<boolean> {
  return existsSync(place) && (await readdir(place)).some((name) => /^pg\d+$/.test(name));
}
