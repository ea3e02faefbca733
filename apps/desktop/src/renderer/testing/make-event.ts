import type { EventData, EventType, Recorded, RecordedEvent } from '@retrace/protocol';

/** An event as recorded by a person's own action number `position`, with what the test names in place of the rest. */
export function makeEvent<T extends EventType>(
  position: number,
  type: T,
  data: EventData<T>,
  recorded: Partial<Recorded> = {},
): RecordedEvent {
  const event = {
    type,
    data,
    position,
    eventId: `event-${position}`,
    stream: data.sessionId,
    version: position,
    schemaVersion: 1,
    recordedAt: '2026-11-22T09:00:00.000Z',
    actor: 'user',
    commandId: `command-${position}`,
    correlationId: `action-${position}`,
    causationId: null,
    appVersion: '0.1.0',
    undoes: null,
    ...recorded,
  };
  // Type and data belong together by the parameters; the compiler cannot follow that into the union.
  return event as RecordedEvent;
}
