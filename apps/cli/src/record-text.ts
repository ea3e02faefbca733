import type { EventRecord } from '@retrace/event-log';

/** A record in one line: position, time, actor, type, stream, and of its data what the stream does not say already. */
export function recordLine(record: EventRecord): string {
  const { position, recordedAt, actor, type, stream } = record;
  const data = Object.fromEntries(Object.entries(record.data).filter(([, value]) => value !== stream));
  return [
    String(position).padStart(8),
    recordedAt,
    actor.padEnd(6),
    type.padEnd(20),
    stream,
    JSON.stringify(data),
  ].join('  ');
}

/** Everything that a record says, one fact a line, its data last. */
export function recordPage(record: EventRecord): string {
  const { data, ...facts } = record;
  const lines = Object.entries(facts)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name.padEnd(14)} ${String(value)}`);
  return [...lines, `data           ${JSON.stringify(data, null, 2)}`].join('\n');
}
