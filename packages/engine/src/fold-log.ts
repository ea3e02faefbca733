import type { EventLog, ReadOptions } from '@retrace/event-log';
import type { SessionId } from '@retrace/protocol';
import type { Draft } from 'immer';
import { castDraft } from 'immer';
import { sessionsTouchedBy } from './evolve.ts';
import type { Folded } from './projection.ts';
import { foldRecord } from './projection.ts';
import { readEvent } from './stored-events.ts';

/** Longest time that folding holds the thread before it lets others run, in milliseconds. */
const SLICE = 2;
/** Events folded between two looks at the clock. */
const EVENTS_BETWEEN_LOOKS = 32;

/**
 * Everything in the log after `seed` folded into it, or what lies `within`. Rows that nothing happened to stay the same objects.
 * Lets other work run every few milliseconds, however long the log is.
 *
 * Folds into objects of its own instead of immer drafts, which costs a tenth over a long log: a row is copied before the
 * first event that touches it, and changed in place from then on.
 */
export async function foldLog(
  log: EventLog,
  seed: Folded,
  within: Pick<ReadOptions, 'stream' | 'before'> = {},
): Promise<Folded> {
  const sessions = { ...castDraft(seed.table.sessions) };
  const own: Draft<Folded> = {
    table: { ...seed.table, sessions },
    versions: { ...seed.versions },
    unread: seed.unread,
  };
  const copied = new Set<SessionId>();
  let sliceEnd = performance.now() + SLICE;
  for await (const records of log.read({ ...within, after: seed.table.position })) {
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
