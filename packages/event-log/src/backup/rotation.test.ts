import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { outlived } from './rotation.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-11-22T12:00:00.000Z');
const aged = (age: number) => ({ name: `${age / HOUR}`, madeAt: NOW - age, position: 1 });
const days = (...ages: number[]) => ages.map((age) => aged(age * DAY));
const removed = (...ages: number[]): number[] =>
  outlived(days(...ages), NOW).map(({ madeAt }) => (NOW - madeAt) / DAY);

describe('the backups that are not needed any more', () => {
  it.each<[string, number[], number[]]>([
    ['none of none', [], []],
    ['not the only one, however old', [400], []],
    ['not the newest, however old', [400, 401], [401]],
    ['none of the last seven days', [0, 1, 2, 3, 4, 5, 6], []],
    ['all but the newest of a day', [3.1, 3.2, 3.3], [3.2, 3.3]],
    ['all but the newest of a week', [0, 7, 8, 9, 14, 15], [8, 9, 15]],
    ['none of the last four weeks’ newest', [0, 7, 14, 21], []],
    ['those older than four weeks', [0, 27.9, 28, 60], [28, 60]],
    ['none from the future', [-3, -2, 0], []],
  ])('%s', (_what, ages, expected) => {
    expect(removed(...ages)).toEqual(expected);
  });

  it('are never the newest, and at most eleven stay of any number in the past', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 60 * 24 }), { minLength: 1 }), (ages) => {
        const backups = ages.map((hours) => aged(hours * HOUR));
        const gone = outlived(backups, NOW);
        expect(gone).not.toContainEqual(aged(Math.min(...ages) * HOUR));
        expect(backups.length - gone.length).toBeLessThanOrEqual(11);
      }),
    );
  });
});
