import type { Recorded, RecordedEvent, SessionEvent, SessionId, SessionTable } from '@retrace/protocol';
import { EMPTY_TABLE, schemaVersionOf } from '@retrace/protocol';
import { evolve } from '../src/evolve.ts';

/** A session id for tests: the digit all over. */
export function sessionId(digit: number): SessionId {
  const d = String(digit);
  // Made to fit the schema, as no other text in a test is.
  return `${d.repeat(8)}-${d.repeat(4)}-${d.repeat(4)}-${d.repeat(4)}-${d.repeat(12)}` as SessionId;
}

/** Minute `position` of a day, so that later events have later times. */
export function minute(position: number): string {
  return new Date(Date.UTC(2026, 10, 22, 9, position)).toISOString();
}

/** An event as the log would give it back. */
export function recorded(
  event: SessionEvent,
  position: number,
  facts: Partial<Recorded> = {},
): RecordedEvent {
  return {
    ...event,
    position,
    eventId: `event-${position}`,
    stream: event.data.sessionId,
    version: position,
    schemaVersion: schemaVersionOf(event.type),
    recordedAt: minute(position),
    actor: 'user',
    commandId: `command-${position}`,
    correlationId: `action-${position}`,
    causationId: null,
    appVersion: '0.0.0',
    undoes: null,
    ...facts,
  };
}

/** The table after events at the positions 1, 2, 3, … */
export function tableOf(...events: readonly SessionEvent[]): SessionTable {
  return events.reduce((table, event, place) => evolve(table, recorded(event, place + 1)), EMPTY_TABLE);
}

export function created(id: SessionId, name = 'Work', homeUrl = 'https://home.example/'): SessionEvent {
  return {
    type: 'SessionCreated',
    data: { sessionId: id, provider: 'custom', name, partition: `persist:custom-${id}`, homeUrl },
  };
}

/** A link followed from the last entry of a list of `length` entries. */
export function followed(id: SessionId, url: string, length: number): SessionEvent {
  return {
    type: 'SessionNavigated',
    data: {
      sessionId: id,
      url,
      cause: 'link',
      index: length,
      drop: 0,
      keep: length,
      added: [{ url, title: '' }],
    },
  };
}

export function happened(
  type: 'SessionActivated' | 'SessionSlept' | 'SessionWoken' | 'SessionRestored',
  id: SessionId,
): SessionEvent {
  return { type, data: { sessionId: id } };
}

export function deleted(id: SessionId, nextActiveId: SessionId | null = null): SessionEvent {
  return { type: 'SessionDeleted', data: { sessionId: id, nextActiveId } };
}

export function crashed(id: SessionId): SessionEvent {
  return { type: 'ViewCrashed', data: { sessionId: id, reason: 'crashed', exitCode: 139 } };
}
