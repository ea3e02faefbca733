import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { backupsIn } from '../backup/backup-name.ts';
import { newestWholeBackup } from '../backup/newest-whole-backup.ts';
import { LogError } from '../errors.ts';
import { verifyLog } from '../export/verify-log.ts';
import { forgetAcknowledged } from '../pglite/acknowledged-mark.ts';
import type { EventLog } from '../port.ts';
import { copyCluster } from './copy-cluster.ts';
import { importBackup, newestTimeOf } from './import-backup.ts';
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
    await rebuild({ ...options, damage: error });
    return await open();
  }
}

type Rebuilding = Omit<RebuildOptions<unknown>, 'open'> & { readonly damage: LogError };

/**
 * Puts another log in the place of one that does not open, which is kept aside (`replaceCluster`): what can be read of it where it lost
 * its end and nothing else, or the newest backup that verifies, whichever goes further. A process that is killed in this finds, the
 * next time, a log or the need to rebuild it; never an empty one.
 *
 * Invariant: where there is neither, nothing is changed: it rejects with `LogDamaged`, which says what to do.
 */
async function rebuild(options: Rebuilding): Promise<void> {
  const { dataDirectory, backups, damage, onNotice } = options;
  const backup = await newestWholeBackup(backups, onNotice);
  const readable = damage.position === null ? 0 : damage.position - 1;
  if (readable > (backup?.head.position ?? 0) && (await goOnFromItsEnd(options))) return;
  if (backup === null) {
    throw new LogError(
      'LogDamaged',
      `${damage.message} There is no backup in ${backups} to rebuild it from: put a copy of the folder in its place, or move it away to begin with an empty log.`,
    );
  }
  const { made, keptAside } = await replaceCluster(dataDirectory, 'damaged', async (beside) =>
    importBackup(await options.openBeside(beside), backup.path),
  );
  tell(options, `The log was rebuilt from the backup ${basename(backup.path)}.`, made.newest, keptAside);
}

/** Whether what can be read of a log that lost its end could be put in its place. */
async function goOnFromItsEnd(options: Rebuilding): Promise<boolean> {
  const { dataDirectory, openBeside } = options;
  try {
    const { made, keptAside } = await replaceCluster(dataDirectory, 'damaged', async (beside) => {
      await copyCluster(dataDirectory, beside);
      forgetAcknowledged(beside);
      const log = await openBeside(beside);
      try {
        await verifyLog(log);
        return await newestTimeOf(log);
      } finally {
        await log.close();
      }
    });
    tell(options, 'The log goes on from the last event that can be read.', made, keptAside);
    return true;
  } catch (error) {
    // Not only its end, then.
    if (error instanceof LogError && (error.code === 'LogDamaged' || error.code === 'ChainBroken'))
      return false;
    throw error;
  }
}

function tell(
  { damage, onNotice }: Rebuilding,
  what: string,
  newest: string | null,
  keptAside: string | null,
): void {
  const missing =
    newest === null
      ? 'It is empty.'
      : `What happened after ${newest.slice(0, 16).replace('T', ' ')} UTC is missing.`;
  const kept = keptAside === null ? [] : [`The damaged log was kept as ${keptAside}.`];
  onNotice([damage.message, what, missing, ...kept].join(' '));
}
