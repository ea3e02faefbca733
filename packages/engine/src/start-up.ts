import type { EventLog } from '@retrace/event-log';
import type { Desktop } from '@retrace/protocol';
import { foldLog } from './fold-log.ts';
import type { Folded } from './projection.ts';
import { nothingFolded } from './projection.ts';
import { foldedFromRows, sessionsTable } from './session-rows.ts';

export interface Start {
  /** Everything in the log. */
  readonly folded: Folded;
  /** What the stored rows stand for, or null when they have to be written afresh. */
  readonly stored: Folded | null;
}

/**
 * The session table as the log has it: the stored rows plus the events after them. Rows that do not fit, or that stand for more
 * than the log holds (it was restored from an older copy), are said through `onNotice`, and the table is folded from the first
 * event. Lets other work run every few milliseconds, however long the log is.
 */
export async function startFromLog(
  log: EventLog,
  onNotice: (notice: string) => void,
  desktop?: Desktop,
): Promise<Start> {
  const nothing = nothingFolded(desktop);
  const stored = await log.rows.read(sessionsTable.name);
  if (stored.position === 0) return { folded: await foldLog(log, nothing), stored: nothing };
  const fromRows =
    stored.position > (await log.head()) ? 'it is ahead of the log' : foldedFromRows(stored, desktop);
  if (typeof fromRows === 'string') {
    onNotice(`The stored session table could not be used (${fromRows}). It was rebuilt from the log.`);
    return { folded: await foldLog(log, nothing), stored: null };
  }
  return { folded: await foldLog(log, fromRows), stored: fromRows };
}
