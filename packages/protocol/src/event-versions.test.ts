import { describe, expect, it } from '@jest/globals';
import type { Upcaster } from './event-versions.ts';
import { newestVersion, upcast } from './event-versions.ts';

/**
 * A type that there is not, in three versions: a door was locked with a word, then with a list of words, then by somebody.
 */
const DOOR_LOCKED: readonly Upcaster[] = [
  ({ word, ...rest }) => ({ ...rest, words: [word] }),
  (data) => ({ ...data, by: null }),
];

describe('upcast', () => {
  it.each([
    [1, { door: 'front', word: 'open' }],
    [2, { door: 'front', words: ['open'] }],
    [3, { door: 'front', words: ['open'], by: null }],
  ])('1: leads version %i through every step from there on', (version, data) => {
    expect(upcast(DOOR_LOCKED, version, data)).toEqual({ door: 'front', words: ['open'], by: null });
  });

  it('2: gives the newest version back untouched', () => {
    const data = { door: 'front', words: [], by: 'me' };
    expect(newestVersion(DOOR_LOCKED)).toBe(3);
    expect(upcast(DOOR_LOCKED, 3, data)).toBe(data);
  });

  it.each([0, 4, 1.5, NaN])('does not read version %d', (version) => {
    expect(upcast(DOOR_LOCKED, version, { door: 'front' })).toBeNull();
  });
});
