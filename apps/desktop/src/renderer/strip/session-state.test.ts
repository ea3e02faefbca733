import { describe, expect, it } from '@jest/globals';
import { makeSession } from '../testing/make-session.ts';
import { pageLine, sessionState, stateWords } from './session-state.ts';

const crash = { reason: 'crashed', at: '2026-11-22T09:00:00.000Z' };

describe('sessionState', () => {
  it.each([
    ['awake', makeSession(1), { loading: false, error: null }],
    ['awake', makeSession(1), undefined],
    ['asleep', makeSession(1, { isActive: false }), undefined],
    ['loading', makeSession(1), { loading: true, error: null }],
    ['failed', makeSession(1), { loading: true, error: 'No answer.' }],
    ['crashed', makeSession(1, { metadata: { crash } }), { loading: false, error: 'No answer.' }],
  ] as const)('is %s', (state, session, view) => {
    expect(sessionState(session, view, null)).toBe(state);
  });

  it('is elsewhere where another desktop has it open, and says on which', () => {
    const crashed = makeSession(1, { metadata: { crash } });
    const desktop = { id: '00000000-0000-4000-8000-000000000009', name: 'laptop' };
    expect(sessionState(crashed, undefined, desktop)).toBe('elsewhere');
    expect(stateWords(crashed, undefined, desktop)).toBe('Open on laptop');
  });
});

describe('pageLine', () => {
  it.each([
    [{ title: 'Report' }, 'Report'],
    [{ lastUrl: 'https://example.com:444/a' }, 'example.com:444'],
    [{ lastUrl: 'about:blank' }, 'Empty page'],
    [{ lastUrl: 'about:blank', title: 'about:blank' }, 'Empty page'],
  ])('of %j is %s', (metadata, line) => {
    expect(pageLine(makeSession(1, { metadata }))).toBe(line);
  });
});
