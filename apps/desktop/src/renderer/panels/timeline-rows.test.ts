import { describe, expect, it } from '@jest/globals';
import { makeEvent } from '../testing/make-event.ts';
import { sessionId } from '../testing/make-session.ts';
import { timelineRows, withNewest, withOlder } from './timeline-rows.ts';
import type { TimelineStretch } from './timeline-rows.ts';

const slept = (position: number, recordedAt = '2026-11-22T12:00:00.000Z') =>
  makeEvent(position, 'SessionSlept', { sessionId: sessionId(1) }, { recordedAt });
const stretch = (hasMore: boolean, ...positions: number[]): TimelineStretch => ({
  events: positions.map((position) => slept(position)),
  hasMore,
});
const positions = ({ events }: TimelineStretch) => events.map(({ position }) => position);

describe('timelineRows', () => {
  it('puts one heading before the events of each day', () => {
    const noon = (day: number) => new Date(2026, 10, day, 12).toISOString();
    const rows = timelineRows([slept(3, noon(22)), slept(2, noon(22)), slept(1, noon(21))]);
    expect(rows.map((row) => (row.kind === 'day' ? row.day : row.event.position))).toEqual([
      '2026-11-22',
      3,
      2,
      '2026-11-21',
      1,
    ]);
  });
});

describe('withNewest', () => {
  it('adds what is new and keeps what was read before', () => {
    const merged = withNewest(stretch(false, 3, 2, 1), stretch(true, 5, 4, 3));
    expect(positions(merged)).toEqual([5, 4, 3, 2, 1]);
    expect(merged.hasMore).toBe(false);
  });

  it('joins pages that meet without sharing an event', () => {
    expect(positions(withNewest(stretch(false, 2, 1), stretch(true, 4, 3)))).toEqual([4, 3, 2, 1]);
  });

  it('drops what was read before rather than hide a gap', () => {
    const merged = withNewest(stretch(false, 2, 1), stretch(true, 9, 8));
    expect(positions(merged)).toEqual([9, 8]);
    expect(merged.hasMore).toBe(true);
  });

  it('takes the first page as it is', () => {
    expect(withNewest({ events: [], hasMore: true }, stretch(false, 1))).toEqual(stretch(false, 1));
  });
});

describe('withOlder', () => {
  it('adds what is older, once, and learns whether there is more', () => {
    const merged = withOlder(stretch(true, 5, 4), stretch(false, 4, 3, 2));
    expect(positions(merged)).toEqual([5, 4, 3, 2]);
    expect(merged.hasMore).toBe(false);
  });
});
