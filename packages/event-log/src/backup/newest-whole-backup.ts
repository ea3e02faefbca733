import { join } from 'node:path';
import type { LongWork } from '../export/progress.ts';
import type { Verified } from '../export/verify-export.ts';
import { backupsIn } from './backup-name.ts';
import { verifyBackup } from './write-backup.ts';

/** A backup that was read through, and what it was found to be. */
export interface WholeBackup extends Verified {
  readonly path: string;
}

/**
 * The newest backup in a folder that verifies, or null. Those that do not are passed over, and `onNotice` hears of each.
 */
export async function newestWholeBackup(
  directory: string,
  onNotice: (notice: string) => void,
  work: LongWork = {},
): Promise<WholeBackup | null> {
  for (const { name } of await backupsIn(directory)) {
    const path = join(directory, name);
    try {
      return { path, ...(await verifyBackup(path, work)) };
    } catch (error) {
      work.signal?.throwIfAborted();
      onNotice(`The backup ${name} is damaged and was passed over: ${String(error)}`);
    }
  }
  return null;
}
