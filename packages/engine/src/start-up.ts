import type { EventLog } from '@retrace/event-log';
import type { SessionId } from '@retrace/protocol';
import type { Draft } from 'immer';
import { castDraft } from 'immer';
import { sessionsTouchedBy } from './evolve.ts';
import type { Folded } from './projection.ts';
import { foldRecord, NOTHING_FOLDED } from './projection.ts';
import { foldedFromRows, sessionsTable } from './session-rows.ts';
import { readEvent } from './stored-events.ts';

export interface Start {
  /** Everything in the log. */
  readonly folded: Folded;
  /** What the stored rows stand for, or null when they have to be written afresh. */
  readonly stored: Folded | null;
}

/** Longest time that folding holds the thread before it lets others run, in milliseconds. */
const SLICE = 2;
/** Events folded between two looks at the clock. */
const EVENTS_BETWEEN_LOOKS = 32;

/**
 * The session table as the log has it: the stored rows plus the events after them. Rows that do not fit, or that stand for more
 * than the log holds (it was restored from an older copy), are said through `onNotice`, and the table is folded from the first
 * event. Lets other work run every few milliseconds, however long the log is.
 */
export async function startFromLog(log: EventLog, onNotice: (notice: string) => void): Promise<Start> {
  const stored = await log.rows.read(sessionsTable.name);
  if (stored.position === 0) return { folded: await foldTail(log, NOTHING_FOLDED), stored: NOTHING_FOLDED };
  const fromRows =
    stored.position > (await log.head()) ? 'they are ahead of the log' : foldedFromRows(stored);
  if (typeof fromRows === 'string') {
    onNotice(`The stored session table could not be used (${fromRows}). It was rebuilt from the log.`);
    return { folded: await foldTail(log, NOTHING_FOLDED), stored: null };
  }
  return { folded: await foldTail(log, fromRows), stored: fromRows };
}

/**
 * Everything in the log after `seed`, folded into it. Rows that nothing happened to stay the same objects.
 *
 * Folds into objects of its own instead of immer drafts, which costs a tenth over a long log: a row is copied before the
 * first event that touches it, and changed in place from then on.
 */
export async function foldTail(log: EventLog, seed: Folded): Promise<Folded> {
  const sessions = { ...castDraft(seed.table.sessions) };
  const own: Draft<Folded> = {
    table: { ...seed.table, sessions },
    versions: { ...seed.versions },
    unread: seed.unread,
  };
  const copied = new Set<SessionId>();
  let sliceEnd = performance.now() + SLICE;
  for await (const records of log.read({ after: seed.table.position })) {
    for (const [place, record] of records.entries()) {
      const event = readEvent(record);
      for (const id of event === null ? [] : sessionsTouchedBy(event)) {
        const row = copied.has(id) ? undefined : sessions[id];
        if (row !== undefined) sessions[id] = structuredClone(row);
        copied.add(id);
      }
      foldRecord(own, record, event);
      if (place % EVENTS_BETWEEN_LOOKS === 0 && performance.now() > sliceEnd) {
        await letOthersRun();
        sliceEnd = performance.now() + SLICE;
      }
    }
  }
  return own;
}

/** Lets timers and messages run. A resolved promise would not: it runs before them. */
function letOthersRun(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
