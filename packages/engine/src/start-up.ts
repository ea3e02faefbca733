import type { EventLog } from '@retrace/event-log';
import { createDraft, finishDraft } from 'immer';
import type { Folded } from './projection.ts';
import { foldRecords, NOTHING_FOLDED } from './projection.ts';
import { foldedFromRows, sessionsTable } from './session-rows.ts';

export interface Start {
  /** Everything in the log. */
  readonly folded: Folded;
  /** What the stored rows stand for, or null when they have to be written afresh. */
  readonly stored: Folded | null;
}

/** Longest time that folding holds the thread before it lets others run, in milliseconds. */
const SLICE = 4;
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

/** Everything in the log after `seed`, folded into it. */
export async function foldTail(log: EventLog, seed: Folded): Promise<Folded> {
  let folded = seed;
  for await (const records of log.read({ after: seed.table.position })) {
    for (let done = 0; done < records.length;) {
      const draft = createDraft(folded);
      const sliceEnd = performance.now() + SLICE;
      do {
        foldRecords(draft, records.slice(done, done + EVENTS_BETWEEN_LOOKS));
        done += EVENTS_BETWEEN_LOOKS;
      } while (done < records.length && performance.now() < sliceEnd);
      folded = finishDraft(draft);
      await letOthersRun();
    }
  }
  return folded;
}

/** Lets timers and messages run. A resolved promise would not: it runs before them. */
function letOthersRun(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
