import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { backupsIn } from '../backup/backup-name.ts';
import { newestWholeBackup } from '../backup/newest-whole-backup.ts';
import { LogError } from '../errors.ts';
import type { EventLog } from '../port.ts';
import { importBackup } from './import-backup.ts';
import { refuseEmptyStart } from './inspect-cluster.ts';
import { damaged } from './opening-error.ts';
import { replaceCluster } from './replace-cluster.ts';

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
 * (`replaceCluster`). A process that is killed in this finds, the next time, a log or the need to rebuild it; never an empty one.
 *
 * Invariant: without a backup that verifies, nothing is changed: it rejects with `LogDamaged`, which says what to do.
 */
async function restoreNewest({
  dataDirectory,
  backups,
  reason,
  openBeside,
  onNotice,
}: Omit<RebuildOptions<unknown>, 'open'> & { readonly reason: string }): Promise<void> {
  const path = await newestWholeBackup(backups, onNotice);
  if (path === null) {
    throw new LogError(
      'LogDamaged',
      `${reason} There is no backup in ${backups} to rebuild it from: put a copy of the folder in its place, or move it away to begin with an empty log.`,
    );
  }
  const { made, keptAside } = await replaceCluster(dataDirectory, 'damaged', async (beside) =>
    importBackup(await openBeside(beside), path),
  );
  onNotice(
    [
      reason,
      `The log was rebuilt from the backup ${basename(path)}.`,
      made.newest === null
        ? 'The backup is empty.'
        : `What happened after ${made.newest.slice(0, 16).replace('T', ' ')} UTC is missing.`,
      keptAside === null ? '' : `The damaged log was kept as ${keptAside}.`,
    ]
      .join(' ')
      .trim(),
  );
}
