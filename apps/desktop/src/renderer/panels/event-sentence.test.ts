import { describe, expect, it } from '@jest/globals';
import type { SessionEvent } from '@retrace/protocol';
import { sessionId } from '../testing/make-session.ts';
import { eventSentence, shortAddress } from './event-sentence.ts';

const id = sessionId(1);
const navigated = { sessionId: id, url: 'https://example.com/', index: 0, drop: 0, keep: 0, added: [] };

const cases: readonly (readonly [SessionEvent, string])[] = [
  [
    {
      type: 'SessionCreated',
      data: { sessionId: id, provider: 'openai', name: 'Draft', partition: '', homeUrl: 'about:blank' },
    },
    'Created “Draft” for OpenAI',
  ],
  [{ type: 'SessionActivated', data: { sessionId: id } }, 'Switched to “Work”'],
  [{ type: 'SessionNavigated', data: { ...navigated, cause: 'typed' } }, 'Opened example.com'],
  [{ type: 'SessionNavigated', data: { ...navigated, cause: 'link' } }, 'Went to example.com'],
  [{ type: 'SessionNavigated', data: { ...navigated, cause: 'back' } }, 'Went back to example.com'],
  [{ type: 'SessionNavigated', data: { ...navigated, cause: 'undo' } }, 'Returned to example.com'],
  [
    { type: 'SessionPageDescribed', data: { sessionId: id, url: '', title: 'Report', favicon: null } },
    'The page is titled “Report”',
  ],
  [
    { type: 'SessionRenamed', data: { sessionId: id, name: 'Work', previousName: 'Draft' } },
    'Renamed “Draft” to “Work”',
  ],
  [{ type: 'SessionSlept', data: { sessionId: id } }, '“Work” went to sleep'],
  [{ type: 'SessionWoken', data: { sessionId: id } }, '“Work” woke up'],
  [{ type: 'SessionDeleted', data: { sessionId: id, nextActiveId: null } }, 'Deleted “Work”'],
  [{ type: 'SessionRestored', data: { sessionId: id } }, 'Brought back “Work”'],
  [
    { type: 'ViewCrashed', data: { sessionId: id, reason: 'crashed', exitCode: 1 } },
    'The page of “Work” crashed',
  ],
];

describe('eventSentence', () => {
  it.each(cases)('%j', (event, sentence) => {
    expect(eventSentence(event, () => 'Work')).toBe(sentence);
  });
});

describe('shortAddress', () => {
  it.each([
    ['https://example.com/', 'example.com'],
    ['https://example.com/a?b=1#c', 'example.com/a?b=1#c'],
    ['http://127.0.0.1:8080/login', 'http://127.0.0.1:8080/login'],
    ['about:blank', 'an empty page'],
  ])('writes %s as %s', (url, short) => {
    expect(shortAddress(url)).toBe(short);
  });
});
