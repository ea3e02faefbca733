import { describe, expect, it } from '@jest/globals';
import type { NavigationList } from '@retrace/protocol';
import { isReplacement, navigationListOf } from './navigation-list.ts';

const list = (index: number, ...urls: string[]): NavigationList => ({
  index,
  entries: urls.map((url) => ({ url, title: '' })),
});

describe('navigationListOf', () => {
  it('leaves the page state out: it may hold typed text', () => {
    const history = {
      getAllEntries: () => [{ url: 'https://a.example/', title: 'A', pageState: 'c2VjcmV0' }],
      getActiveIndex: () => 0,
    };
    expect(navigationListOf(history)).toEqual({
      entries: [{ url: 'https://a.example/', title: 'A' }],
      index: 0,
    });
  });

  it('has index -1 while there is no entry', () => {
    expect(navigationListOf({ getAllEntries: () => [], getActiveIndex: () => 0 })).toEqual(list(-1));
  });
});

describe('isReplacement', () => {
  it.each<[string, NavigationList, NavigationList, boolean]>([
    ['the only entry replaced', list(0, 'a'), list(0, 'b'), true],
    ['the last entry replaced', list(1, 'a', 'b'), list(1, 'a', 'c'), true],
    ['an entry in the middle replaced', list(1, 'a', 'b', 'c'), list(1, 'a', 'd', 'c'), true],
    ['a reload', list(1, 'a', 'b'), list(1, 'a', 'b'), false],
    ['a link', list(0, 'a'), list(1, 'a', 'b'), false],
    ['a link in place of what followed', list(0, 'a', 'b'), list(1, 'a', 'c'), false],
    ['a step back', list(1, 'a', 'b'), list(0, 'a', 'b'), false],
    ['a full list that lost its oldest', list(2, 'a', 'b', 'c'), list(2, 'b', 'c', 'd'), false],
  ])('%s', (_what, before, after, expected) => {
    expect(isReplacement(before, after)).toBe(expected);
  });
});
