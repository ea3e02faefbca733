import { describe, expect, it } from '@jest/globals';
import { dayLabel, dayOf } from './day-label.ts';

/** Local times, so that the cases hold in every time zone. */
const local = (...parts: [number, number, number, number]) => new Date(...parts);
const now = local(2026, 10, 22, 15).getTime();

describe('dayOf', () => {
  it('is the day on the calendar of the person, whatever the hour', () => {
    expect(dayOf(local(2026, 10, 22, 0).toISOString())).toBe('2026-11-22');
    expect(dayOf(local(2026, 10, 22, 23).toISOString())).toBe('2026-11-22');
  });
});

describe('dayLabel', () => {
  it.each([
    ['2026-11-22', 'Today'],
    ['2026-11-21', 'Yesterday'],
    ['2026-11-20', 'Friday 20 November'],
    ['2025-11-22', '22 November 2025'],
  ])('names %s as %s', (day, label) => {
    expect(dayLabel(day, now)).toBe(label);
  });

  it('finds yesterday across the turn of a year', () => {
    expect(dayLabel('2025-12-31', local(2026, 0, 1, 1).getTime())).toBe('Yesterday');
  });
});
