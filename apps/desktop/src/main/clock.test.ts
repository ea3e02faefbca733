import { describe, expect, it } from '@jest/globals';
import { Duration, Settings } from 'luxon';
import { makeClock } from './clock.ts';

function at<T>(instant: string, read: () => T): T {
  const before = Settings.now;
  Settings.now = () => Date.parse(instant);
  try {
    return read();
  } finally {
    Settings.now = before;
  }
}

describe('makeClock', () => {
  it.each([
    ['P21D', '2026-02-21T10:00:00.250Z'],
    ['P1M', '2026-02-28T10:00:00.250Z'],
    ['-PT1H', '2026-01-31T09:00:00.250Z'],
  ])('moved by %s says %s', (offset, expected) => {
    expect(at('2026-01-31T10:00:00.250Z', makeClock(Duration.fromISO(offset))).toISOString()).toBe(expected);
  });

  it('says what the time is where nothing moves it', () => {
    const before = Date.now();
    expect(makeClock(null)().getTime()).toBeGreaterThanOrEqual(before);
  });
});
