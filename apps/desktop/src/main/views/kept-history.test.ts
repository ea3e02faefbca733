import { describe, expect, it } from '@jest/globals';
import { KeptHistory } from './kept-history.ts';

const top = { x: 0, y: 0 };
const low = { x: 0, y: 1200 };

describe('KeptHistory', () => {
  it('keeps the scroll of entries that stay while the list grows', () => {
    const history = new KeptHistory([]);
    history.follow([{ url: 'a' }]);
    history.scrolled(0, 'a', low);
    history.follow([{ url: 'a', pageState: 'sa' }, { url: 'b' }]);
    expect(history.entries).toEqual([{ url: 'a', pageState: 'sa', scroll: low }, { url: 'b' }]);
  });

  it('forgets the scroll of an entry whose place another page took', () => {
    const history = new KeptHistory([{ url: 'a', scroll: low }]);
    history.follow([{ url: 'b' }]);
    expect(history.entries).toEqual([{ url: 'b' }]);
  });

  it('tells whether a scroll is news', () => {
    const history = new KeptHistory([{ url: 'a' }]);
    expect(history.scrolled(0, 'a', low)).toBe(true);
    expect(history.scrolled(0, 'a', { ...low })).toBe(false);
    expect(history.scrolled(0, 'a', top)).toBe(true);
    expect(history.scrolled(0, 'elsewhere', low)).toBe(false);
    expect(history.scrolled(7, 'a', low)).toBe(false);
  });

  it('gives page state back only to the entry it was kept of', () => {
    const history = new KeptHistory([
      { url: 'a', pageState: 'sa' },
      { url: 'b', pageState: 'sb' },
    ]);
    const navigation = {
      index: 1,
      entries: [
        { url: 'a', title: 'A' },
        { url: 'c', title: 'C' },
      ],
    };
    expect(history.toRestore(navigation)).toEqual([
      { url: 'a', title: 'A', pageState: 'sa' },
      { url: 'c', title: 'C' },
    ]);
  });
});
