import type { EventRecord } from '@retrace/event-log';
import type { EventType, RecordedEvent } from '@retrace/protocol';
import { ActorSchema, EVENT_SCHEMAS, UPCASTERS, upcast } from '@retrace/protocol';
import * as v from 'valibot';

/**
 * A record of the log as an event of the vocabulary, its data brought to the newest schema version and checked.
 * Null for what this version cannot read: a type or schema version from a later one, or data that does not fit its type.
 */
export function readEvent(record: EventRecord): RecordedEvent | null {
  if (!isEventType(record.type)) return null;
  const newest = upcast(UPCASTERS[record.type], record.schemaVersion, record.data);
  if (newest === null) return null;
  const data = v.safeParse(EVENT_SCHEMAS[record.type], newest);
  if (!data.success || !v.is(ActorSchema, record.actor)) return null;
  // The schema was chosen by the type, which the compiler cannot follow from one member of the union to the other.
  return { ...record, data: data.output } as RecordedEvent;
}

/** The sentence for the person about records that {@link readEvent} gave null for. */
export function unreadNotice(count: number): string {
  const events = count === 1 ? 'One event in the log was' : `${count} events in the log were`;
  return `${events} written by a newer Retrace and cannot be read by this one. Nothing is lost: use the newer one to see them.`;
}

function isEventType(type: string): type is EventType {
  return Object.hasOwn(EVENT_SCHEMAS, type);
}
