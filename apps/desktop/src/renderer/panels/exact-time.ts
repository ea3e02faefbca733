import type { Instant } from '@retrace/protocol';

const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'medium' });
const minutes = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });

/** “Sunday, 22 November 2026 at 12:29:03”, in the person's time zone. */
export function exactTime(at: Instant): string {
  return full.format(new Date(at));
}

/** “12:29”, in the person's time zone. */
export function timeOfDay(at: Instant): string {
  return minutes.format(new Date(at));
}
