import type { EventLog } from '@retrace/event-log';
import { foldLog } from './fold-log.ts';
import type { Folded } from './projection.ts';
import { NOTHING_FOLDED } from './projection.ts';
import { rowChange } from './row-writer.ts';
import { foldedFromRows, sessionsTable } from './session-rows.ts';
import { dropSnapshots } from './session-snapshots.ts';
import { stateText } from './state-hash.ts';

/** What the stored rows were worth before a rebuild. */
export type RowsBefore =
  | { readonly kind: 'none' }
  /** Right for the position they stood for. */
  | { readonly kind: 'same'; readonly position: number }
  | { readonly kind: 'different'; readonly position: number }
  /** Not the rows of a session table, or of a position that the log does not have. */
  | { readonly kind: 'unusable'; readonly reason: string };

/**
 * Folds the whole log afresh and writes the session table's rows anew from it; the rows that were there are trusted in nothing.
 * Snapshots are dropped, and made again as they are needed.
 * Rejects with the log's own errors; the rows are then as they were.
 */
export async function rebuildRows(
  log: EventLog,
): Promise<{ readonly folded: Folded; readonly before: RowsBefore }> {
  const stored = await log.rows.read(sessionsTable.name);
  const { position } = stored;
  const then = await foldLog(log, NOTHING_FOLDED, { before: position + 1 });
  const before = ((): RowsBefore => {
    if (position === 0) return { kind: 'none' };
    if (then.table.position < position) return { kind: 'unusable', reason: 'it is ahead of the log' };
    const rows = foldedFromRows(stored);
    if (typeof rows === 'string') return { kind: 'unusable', reason: rows };
    return { kind: stateText(rows) === stateText(then) ? 'same' : 'different', position };
  })();
  const folded = await foldLog(log, then);
  await log.rows.write(rowChange(null, folded));
  await dropSnapshots(log);
  return { folded, before };
}
