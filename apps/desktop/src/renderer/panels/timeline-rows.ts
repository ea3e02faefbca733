import type { RecordedEvent } from '@retrace/protocol';
import { dayOf } from './day-label.ts';

/** A line of the timeline: an event, or the heading above the events of one day. */
export type TimelineRow =
  | { readonly kind: 'day'; readonly key: string; readonly day: string }
  | { readonly kind: 'event'; readonly key: string; readonly event: RecordedEvent };

/**
 * `events`, newest first, with a heading before each day's first. A clock that was set back can bring a day twice, so the
 * day alone is no key.
 */
export function timelineRows(events: readonly RecordedEvent[]): TimelineRow[] {
  const rows: TimelineRow[] = [];
  let current: string | null = null;
  for (const event of events) {
    const day = dayOf(event.recordedAt);
    if (day !== current) rows.push({ kind: 'day', key: `${day} ${event.position}`, day });
    current = day;
    rows.push({ kind: 'event', key: String(event.position), event });
  }
  return rows;
}

/** A stretch of the log without gaps, newest first. */
export interface TimelineStretch {
  readonly events: readonly RecordedEvent[];
  /** Whether the log goes on before the oldest of `events`. */
  readonly hasMore: boolean;
}

/**
 * `known` with the newest page put before it. Where more was appended in between than the page holds, the two do not meet:
 * then only the page is kept, so that a stretch never hides a gap.
 */
export function withNewest(known: TimelineStretch, page: TimelineStretch): TimelineStretch {
  const newestKnown = known.events[0]?.position;
  const oldestNew = page.events.at(-1)?.position;
  if (newestKnown === undefined || oldestNew === undefined || oldestNew > newestKnown + 1) return page;
  return {
    events: [...page.events.filter(({ position }) => position > newestKnown), ...known.events],
    hasMore: known.hasMore,
  };
}

/** `known` with an older page put after it. */
export function withOlder(known: TimelineStretch, page: TimelineStretch): TimelineStretch {
  const oldestKnown = known.events.at(-1)?.position ?? Infinity;
  return {
    events: [...known.events, ...page.events.filter(({ position }) => position < oldestKnown)],
    hasMore: page.hasMore,
  };
}
