import type { Instant } from '@retrace/protocol';

const withWeekday = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });
const withYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

/** The calendar day of `at` in the person's time zone, as `2026-11-22`: equal for instants of one day. */
export function dayOf(at: Instant): string {
  return isoDay(new Date(at));
}

/** A day as a heading: Today, Yesterday, “Friday 20 November” in the same year, else “20 November 2025”. */
export function dayLabel(day: string, now: number): string {
  const today = new Date(now);
  if (day === isoDay(today)) return 'Today';
  // By the calendar, not by 24 hours: days with a clock change are shorter or longer.
  if (day === isoDay(new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1)))
    return 'Yesterday';
  const date = new Date(`${day}T12:00:00`);
  return (date.getFullYear() === today.getFullYear() ? withWeekday : withYear).format(date);
}

function isoDay(date: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
