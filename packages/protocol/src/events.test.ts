import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import type { EventType } from './events.ts';
import { EVENT_SCHEMAS } from './events.ts';

const sessionId = '123e4567-e89b-42d3-a456-426614174000';

/**
 * The released shapes, frozen: an event of each type as schema version 1 wrote it. If one of these has to change, old logs can no
 * longer be read: give the new shape the next version and an upcaster instead.
 */
const VERSION_1 = {
  SessionCreated: {
    sessionId,
    provider: 'claude',
    name: 'Work',
    partition: `persist:claude-${sessionId}`,
    homeUrl: 'https://claude.ai/new',
  },
  SessionActivated: { sessionId },
  SessionNavigated: {
    sessionId,
    url: 'https://claude.ai/chat/1',
    cause: 'link',
    index: 1,
    drop: 0,
    keep: 1,
    added: [{ url: 'https://claude.ai/chat/1', title: '' }],
  },
  SessionPageDescribed: { sessionId, url: 'https://claude.ai/chat/1', title: 'Chat', favicon: null },
  SessionRenamed: { sessionId, name: 'Play', previousName: 'Work' },
  SessionSlept: { sessionId },
  SessionWoken: { sessionId },
  SessionDeleted: { sessionId, nextActiveId: null },
  SessionRestored: { sessionId },
  ViewCrashed: { sessionId, reason: 'crashed', exitCode: 139 },
} as const satisfies Record<EventType, object>;

describe('an event of schema version 1', () => {
  it.each(Object.entries(VERSION_1))('%s is read as it was written', (type, data) => {
    // The keys of VERSION_1 are the event types.
    expect(v.parse(EVENT_SCHEMAS[type as EventType], data)).toEqual(data);
  });

  it.each(Object.entries(VERSION_1))('%s has no field more and none less', (type, data) => {
    const schema = EVENT_SCHEMAS[type as EventType];
    expect(v.is(schema, { ...data, extra: 1 })).toBe(false);
    for (const field of Object.keys(data)) expect(v.is(schema, { ...data, [field]: undefined })).toBe(false);
  });
});
