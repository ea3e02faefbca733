import type { EventRecord, JsonObject } from '@retrace/event-log';
import type { EventType, RecordedEvent } from '@retrace/protocol';
import { ActorSchema, EVENT_SCHEMAS, SCHEMA_VERSION } from '@retrace/protocol';
import * as v from 'valibot';

/** Leads the data of an event from one schema version to the next. */
type Upcaster = (data: JsonObject) => JsonObject;

/**
 * How old events are read: for each type, the steps from version 1 to 2, from 2 to 3, and so on. Events in the log never
 * change; every version that was ever released can be read for ever.
 */
const UPCASTERS: Partial<Record<EventType, readonly Upcaster[]>> = {};

/**
 * A record of the log as an event of the vocabulary, its data brought to the newest schema version and checked.
 * Null for what this version cannot read: a type or schema version from a later one, or data that does not fit its type.
 */
export function readEvent(record: EventRecord): RecordedEvent | null {
  if (!isEventType(record.type) || record.schemaVersion > SCHEMA_VERSION) return null;
  const steps = UPCASTERS[record.type]?.slice(record.schemaVersion - 1) ?? [];
  const data = v.safeParse(
    EVENT_SCHEMAS[record.type],
    steps.reduce((older, step) => step(older), record.data),
  );
  if (!data.success || !v.is(ActorSchema, record.actor)) return null;
  // The schema was chosen by the type, which the compiler cannot follow from one member of the union to the other.
  return { ...record, data: data.output } as RecordedEvent;
}

function isEventType(type: string): type is EventType {
  return Object.hasOwn(EVENT_SCHEMAS, type);
}
