import { join } from 'node:path';
import type { LongWork } from '../export/progress.ts';
import { backupsIn } from './backup-name.ts';
import { verifyBackup } from './write-backup.ts';

/**
 * The path of the newest backup in a folder that verifies, or null. Those that do not are passed over, and `onNotice` hears of each.
 */
export async function newestWholeBackup(
  directory: string,
  onNotice: (notice: string) => void,
  work: LongWork = {},
): Promise<string | null> {
  for (const { name } of await backupsIn(directory)) {
    const path = join(directory, name);
    try {
      await verifyBackup(path, work);
      return path;
    } catch (error) {
      work.signal?.throwIfAborted();
      onNotice(`The backup ${name} is damaged and was passed over: ${String(error)}`);
    }
  }
  return null;
}
