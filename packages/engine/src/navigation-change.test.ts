import { describe, expect, it } from '@jest/globals';
import type { NavigationList } from '@retrace/protocol';
import fc from 'fast-check';
import { applyNavigation, navigationChange, sameNavigation } from './navigation-change.ts';

// Few addresses, so that lists share entries and repeat them.
const entry = fc.record({ url: fc.constantFrom('a', 'b', 'c'), title: fc.constantFrom('', 'title') });
const list = fc
  .array(entry, { minLength: 1, maxLength: 8 })
  .chain((entries) =>
    fc.record({ entries: fc.constant(entries), index: fc.integer({ min: 0, max: entries.length - 1 }) }),
  );
const urls = (navigation: NavigationList) => navigation.entries.map(({ url }) => url);
const of = (text: string, index: number): NavigationList => ({
  entries: Array.from(text, (url) => ({ url, title: '' })),
  index,
});

describe('navigationChange', () => {
  it('invariant 1: applied to the list before it gives the list after', () => {
    fc.assert(
      fc.property(list, list, (before, after) => {
        const change = navigationChange(before, after);
        const result = change === null ? before : applyNavigation(before, change);
        expect(sameNavigation(result, after)).toBe(true);
      }),
    );
  });

  it('invariant 2: no other change keeps more, or drops less and keeps as much', () => {
    fc.assert(
      fc.property(list, list, (before, after) => {
        const change = navigationChange(before, after);
        if (change === null) return;
        for (let drop = 0; drop < before.entries.length; drop += 1) {
          for (let keep = change.keep; drop + keep <= before.entries.length; keep += 1) {
            const kept = urls(before).slice(drop, drop + keep);
            const fits = keep <= after.entries.length && kept.every((url, i) => url === urls(after)[i]);
            const better = keep > change.keep || (keep === change.keep && drop < change.drop);
            expect(fits && better).toBe(false);
          }
        }
      }),
    );
  });

  it('says nothing when only titles differ', () => {
    fc.assert(
      fc.property(list, (before) => {
        const entries = before.entries.map(({ url }) => ({ url, title: 'another' }));
        expect(navigationChange(before, { ...before, entries })).toBeNull();
      }),
    );
  });

  it.each([
    ['a link', of('ab', 1), of('abc', 2), { drop: 0, keep: 2, added: ['c'], index: 2 }],
    ['a link from the middle', of('abc', 0), of('ad', 1), { drop: 0, keep: 1, added: ['d'], index: 1 }],
    ['a step back', of('ab', 1), of('ab', 0), { drop: 0, keep: 2, added: [], index: 0 }],
    ['a replaced entry', of('ab', 1), of('ac', 1), { drop: 0, keep: 1, added: ['c'], index: 1 }],
    ['a link from a full list', of('abc', 2), of('bcd', 2), { drop: 1, keep: 2, added: ['d'], index: 2 }],
    ['a whole new list', of('ab', 1), of('cd', 0), { drop: 0, keep: 0, added: ['c', 'd'], index: 0 }],
  ])('costs %s no more than what is new', (_, before, after, expected) => {
    const change = navigationChange(before, after);
    expect({ ...change, added: change?.added.map(({ url }) => url) }).toEqual(expected);
  });
});
