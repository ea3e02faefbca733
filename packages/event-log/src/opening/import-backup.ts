import { readBackup } from '../backup/write-backup.ts';
import { importLog } from '../export/import-log.ts';
import type { LongWork } from '../export/progress.ts';
import type { Verified } from '../export/verify-export.ts';
import { verifyLog } from '../export/verify-log.ts';
import type { EventLog } from '../port.ts';

export interface Restored extends Verified {
  /** When the newest event was recorded; null for an empty backup. */
  readonly newest: string | null;
}

/**
 * Imports a backup into a new log, reads it through there, and closes it. Progress is told twice: of importing, then of verifying.
 * Rejects with `ExportDamaged` where the backup is not whole, or with what the log says.
 */
export async function importBackup(log: EventLog, path: string, work: LongWork = {}): Promise<Restored> {
  try {
    const { head } = await importLog(log, readBackup(path), work);
    const verified = await verifyLog(log, { ...work, anchor: head });
    return { ...verified, newest: await newestTimeOf(log) };
  } finally {
    await log.close();
  }
}

/** When a log's newest event was recorded; null for an empty log. */
export async function newestTimeOf(log: Pick<EventLog, 'read'>): Promise<string | null> {
  for await (const [newest] of log.read({ direction: 'backward', limit: 1 }))
    return newest?.recordedAt ?? null;
  return null;
}
