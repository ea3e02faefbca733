import { describe, expect, it } from '@jest/globals';
import type { NavigationList } from '@retrace/protocol';
import { stepTowards } from './history-step.ts';

/** `A B* C`: the entries, with a star at the one shown. */
function list(text: string): NavigationList {
  const words = text === '' ? [] : text.split(' ');
  return {
    entries: words.map((word) => ({
      url: `https://${word.replace('*', '').toLowerCase()}.example/`,
      title: '',
    })),
    index: words.findIndex((word) => word.endsWith('*')),
  };
}

describe('stepTowards', () => {
  it.each([
    ['A B*', 'A B*', { kind: 'none' }],
    ['', '', { kind: 'none' }],
    ['A B*', 'A* B', { kind: 'go', index: 0 }],
    ['A* B C', 'A B C*', { kind: 'go', index: 2 }],
    ['', 'A*', { kind: 'load', url: 'https://a.example/' }],
    ['A*', 'A B*', { kind: 'load', url: 'https://b.example/' }],
    ['A B* C D', 'A B E*', { kind: 'load', url: 'https://e.example/' }],
    ['A B*', 'A C*', { kind: 'restore' }],
    ['A*', 'A B C*', { kind: 'restore' }],
    ['A*', 'A B* C', { kind: 'restore' }],
    ['A B C*', 'A B*', { kind: 'restore' }],
    ['A* B', 'A B C*', { kind: 'restore' }],
    ['A*', '', { kind: 'restore' }],
  ])('from “%s” to “%s”', (current, target, expected) => {
    expect(stepTowards(list(current), list(target))).toEqual(expected);
  });

  it('does not mind titles', () => {
    const titled = { entries: [{ url: 'https://a.example/', title: 'A' }], index: 0 };
    expect(stepTowards(list('A*'), titled)).toEqual({ kind: 'none' });
  });
});
