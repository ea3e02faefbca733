import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { watchSilence } from './silence-watch.ts';

const LIMIT = 4000;
let heardUntil: number;
let silences: number;

beforeEach(() => {
  jest.useFakeTimers();
  heardUntil = 0;
  silences = 0;
});
afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

const watch = () =>
  watchSilence(
    LIMIT,
    () => heardUntil,
    () => (silences += 1),
  );

describe('silence', () => {
  it('is what lasts for the limit', () => {
    watch();
    jest.advanceTimersByTime(LIMIT - 1);
    expect(silences).toBe(0);
    jest.advanceTimersByTime(1);
    expect(silences).toBe(1);
  });

  it('1: begins anew with each time that something was heard', () => {
    watch();
    for (let n = 0; n < 10; n += 1) {
      jest.advanceTimersByTime(LIMIT - 1);
      heardUntil = performance.now();
    }
    expect(silences).toBe(0);
    jest.advanceTimersByTime(LIMIT);
    expect(silences).toBe(1);
  });

  it('1: is allowed for long work, and counted again once that has ended', () => {
    watch();
    heardUntil = performance.now() + 120_000;
    jest.advanceTimersByTime(60_000);
    expect(silences).toBe(0);
    heardUntil = performance.now();
    jest.advanceTimersByTime(LIMIT);
    expect(silences).toBe(1);
  });

  it('2: is not held against others where this thread could not listen', () => {
    watch();
    const late = performance.now() + 60_000;
    const now = jest.spyOn(performance, 'now').mockReturnValue(late);
    jest.advanceTimersByTime(LIMIT);
    expect(silences).toBe(0);
    now.mockReturnValue(late + LIMIT);
    jest.advanceTimersByTime(LIMIT);
    expect(silences).toBe(1);
  });

  it('is of no interest once the watch has ended', () => {
    watch().end();
    jest.advanceTimersByTime(2 * LIMIT);
    expect(silences).toBe(0);
  });
});
