import { DateTime } from 'luxon';
import type { Duration } from 'luxon';

/**
 * The clock that commands are stamped with: this machine's, moved by `offset` where there is one. Calendar units move by the calendar, so `P1M`
 * is a month and not 30 days.
 */
export function makeClock(offset: Duration | null): () => Date {
  if (offset === null) return () => new Date();
  return () => DateTime.utc().plus(offset).toJSDate();
}
