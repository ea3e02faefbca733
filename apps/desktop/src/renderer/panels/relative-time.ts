import type { Instant } from '@retrace/protocol';

const STEPS = [
  { unit: 'minute', ms: 60_000, below: 60 },
  { unit: 'hour', ms: 3_600_000, below: 24 },
  { unit: 'day', ms: 86_400_000, below: 14 },
  { unit: 'week', ms: 604_800_000, below: 9 },
  { unit: 'month', ms: 2_629_746_000, below: 12 },
  { unit: 'year', ms: 31_556_952_000, below: Infinity },
] as const;

const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** `at` as seen from `now` (milliseconds since 1970): “just now”, “5 minutes ago”, “yesterday”, “3 weeks ago”. */
export function relativeTime(at: Instant, now: number): string {
  const elapsed = Math.max(0, now - Date.parse(at));
  const step = STEPS.find(({ ms, below }) => elapsed / ms < below);
  const count = step === undefined ? 0 : Math.floor(elapsed / step.ms);
  return step === undefined || count === 0 ? 'just now' : format.format(-count, step.unit);
}
