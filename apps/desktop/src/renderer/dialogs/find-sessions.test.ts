import { describe, expect, it } from '@jest/globals';
import { makeSession } from '../testing/make-session.ts';
import { findSessions } from './find-sessions.ts';

const sessions = [
  makeSession(1, { name: 'Work', lastActive: '2026-11-20T09:00:00.000Z', metadata: { title: 'Report' } }),
  makeSession(2, { name: 'Report drafts', lastActive: '2026-11-19T09:00:00.000Z' }),
  makeSession(3, {
    name: 'Plans',
    provider: 'gemini',
    lastActive: '2026-11-21T09:00:00.000Z',
    metadata: { lastUrl: 'https://gemini.google.com/app/lisbon' },
  }),
];
const names = (query: string) => findSessions(sessions, query).map(({ name }) => name);

describe('findSessions', () => {
  it('gives all of them, the one used last first, when nothing is asked', () => {
    expect(names(' ')).toEqual(['Plans', 'Work', 'Report drafts']);
  });

  it('finds by title, address and provider, in any case', () => {
    expect(names('LISBON')).toEqual(['Plans']);
    expect(names('gemini')).toEqual(['Plans']);
  });

  it('puts those with the words in their name first', () => {
    expect(names('report')).toEqual(['Report drafts', 'Work']);
  });

  it('needs every word, wherever each is', () => {
    expect(names('work report')).toEqual(['Work']);
    expect(names('work lisbon')).toEqual([]);
  });
});
