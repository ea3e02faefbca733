import { DateTime } from 'luxon';
import type { Duration } from 'luxon';

/**
 * The clock that commands are stamped with: this machine's, moved by `offset`. Calendar units move by the calendar, so `P1M`
 * is a month and not 30 days.
 */
export function makeClock(offset: Duration): () => Date {
  return () => DateTime.utc().plus(offset).toJSDate();
}
