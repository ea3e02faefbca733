import { describe, expect, it } from '@jest/globals';
import { relativeTime } from './relative-time.ts';

const now = Date.parse('2026-11-22T12:00:00.000Z');

describe('relativeTime', () => {
  it.each([
    ['2026-11-22T12:00:30.000Z', 'just now'],
    ['2026-11-22T11:59:01.000Z', 'just now'],
    ['2026-11-22T11:59:00.000Z', '1 minute ago'],
    ['2026-11-22T11:00:01.000Z', '59 minutes ago'],
    ['2026-11-22T09:00:00.000Z', '3 hours ago'],
    ['2026-11-21T12:00:00.000Z', 'yesterday'],
    ['2026-11-09T12:00:00.000Z', '13 days ago'],
    ['2026-11-01T12:00:00.000Z', '3 weeks ago'],
    ['2026-08-22T12:00:00.000Z', '3 months ago'],
    ['2024-11-21T12:00:00.000Z', '2 years ago'],
  ])('says of %s: %s', (at, words) => {
    expect(relativeTime(at, now)).toBe(words);
  });
});
