import { describe, expect, it } from '@jest/globals';
import type { NavigationList } from '@retrace/protocol';
import { sessionId } from '../test/recorded-events.ts';
import { causeOf } from './navigation-cause.ts';

const of = (text: string, index: number): NavigationList => ({
  entries: Array.from(text, (url) => ({ url, title: '' })),
  index,
});
const page = { change: 'document', redirected: false, driven: false } as const;

describe('causeOf', () => {
  it.each([
    ['link', of('ab', 1), page],
    ['redirect', of('b', 0), { ...page, redirected: true }],
    ['redirect', of('b', 0), { ...page, redirected: true, driven: true }],
    ['in-page', of('ab', 1), { ...page, change: 'in-page' }],
    ['in-page', of('b', 0), { ...page, change: 'in-page', redirected: true }],
    ['back', of('xay', 0), page],
    ['forward', of('xay', 2), page],
    ['back', of('xay', 0), { ...page, change: 'in-page' }],
    ['abandoned', of('ab', 1), { ...page, change: 'settled' }],
    ['abandoned', of('ab', 1), { ...page, driven: true }],
  ] as const)('is %s', (cause, navigation, facts) => {
    const before = navigation.entries.length === 3 ? of('xay', 1) : of('a', 0);
    expect(causeOf({ kind: 'navigated', sessionId: sessionId(1), navigation, ...facts }, before)).toBe(cause);
  });
});
