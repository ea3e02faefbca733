import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { backupsIn } from '../backup/backup-name.ts';
import { readBackup, verifyBackup } from '../backup/write-backup.ts';
import { LogError } from '../errors.ts';
import { importLog } from '../export/import-log.ts';
import { syncDirectory } from '../pglite/durable-directory.ts';
import type { EventLog } from '../port.ts';
import { refuseEmptyStart } from './inspect-cluster.ts';
import { keptAsideName } from './kept-aside.ts';
import { damaged } from './opening-error.ts';

export interface RebuildOptions<Log> {
  /** The cluster's own directory. */
  readonly dataDirectory: string;
  /** The folder of its backups. */
  readonly backups: string;
  readonly open: () => Promise<Log>;
  /** Opens a new log in a directory beside, which stays owned by the caller. */
  readonly openBeside: (dataDirectory: string) => Promise<EventLog>;
  readonly onNotice: (notice: string) => void;
}

/**
 * Opens a log, or rebuilds it from its backups where it is damaged or gone, and opens that. Rejects with what `open` rejects with
 * for any other reason, and with `LogDamaged` where no backup verifies.
 */
export async function openOrRebuild<Log>(options: RebuildOptions<Log>): Promise<Log> {
  const { dataDirectory, backups, open } = options;
  try {
    if (!existsSync(dataDirectory) && (await backupsIn(backups)).length > 0) {
      refuseEmptyStart(dataDirectory);
      throw damaged('inspection', dataDirectory, 'it is gone');
    }
    return await open();
  } catch (error) {
    if (!(error instanceof LogError) || error.code !== 'LogDamaged') throw error;
    await restoreNewest({ ...options, reason: error.message });
    return await open();
  }
}

/**
 * Rebuilds a log from the newest backup that verifies, and puts it in the place of the one that does not open, which is kept aside
 * under a name with the time.
 *
 * Invariants:
 * 1. At every moment the old log lies whole under its name or under that which it is kept aside under, and a new one takes its
 *    place only when it is whole.
 * 2. A process that is killed anywhere in this finds, the next time, a log or the need to rebuild it; never an empty one.
 * 3. Without a backup that verifies, nothing is changed: it rejects with `LogDamaged`, which says what to do.
 */
async function restoreNewest({
  dataDirectory,
  backups,
  reason,
  openBeside,
  onNotice,
}: Omit<RebuildOptions<unknown>, 'open'> & { readonly reason: string }): Promise<void> {
  const path = await newestWhole(backups, onNotice);
  if (path === null) {
    throw new LogError(
      'LogDamaged',
      `${reason} There is no backup in ${backups} to rebuild it from: put a copy of the folder in its place, or move it away to begin with an empty log.`,
    );
  }
  const parent = dirname(dataDirectory);
  const rebuilding = `${dataDirectory}.rebuilding`;
  await rm(rebuilding, { recursive: true, force: true });
  const log = await openBeside(rebuilding);
  let newest: string | null = null;
  try {
    await importLog(log, readBackup(path));
    for await (const [last] of log.read({ direction: 'backward', limit: 1 }))
      newest = last?.recordedAt ?? null;
  } finally {
    await log.close();
  }

  const aside = keptAsideName(basename(dataDirectory), new Date());
  const hadOne = existsSync(dataDirectory);
  if (hadOne) await rename(dataDirectory, join(parent, aside));
  await syncDirectory(parent);
  await rename(rebuilding, dataDirectory);
  await syncDirectory(parent);
  onNotice(
    [
      reason,
      `The log was rebuilt from the backup ${basename(path)}.`,
      newest === null
        ? 'The backup is empty.'
        : `What happened after ${newest.slice(0, 16).replace('T', ' ')} UTC is missing.`,
      hadOne ? `The damaged log was kept as ${join(parent, aside)}.` : '',
    ]
      .join(' ')
      .trim(),
  );
}

async function newestWhole(backups: string, onNotice: (notice: string) => void): Promise<string | null> {
  for (const { name } of await backupsIn(backups)) {
    const path = join(backups, name);
    try {
      await verifyBackup(path);
      return path;
    } catch (error) {
      onNotice(`The backup ${name} is damaged and was passed over: ${String(error)}`);
    }
  }
  return null;
}
