import type { EventRecord, ReadOptions } from './port.ts';

/** Records a chunk holds at most: large enough that a chunk's round trip is small beside its parsing, small enough to hold. */
export const CHUNK_LENGTH = 512;

/** Whether a record between the bounds is one that was asked for. */
export function selects(options: ReadOptions, record: EventRecord): boolean {
  const { stream, types, actors, recordedFrom, recordedBefore } = options;
  return (
    (stream === undefined || record.stream === stream) &&
    (types === undefined || types.includes(record.type)) &&
    (actors === undefined || actors.includes(record.actor)) &&
    // The one form of times in the log sorts as text.
    (recordedFrom === undefined || record.recordedAt >= recordedFrom) &&
    (recordedBefore === undefined || record.recordedAt < recordedBefore)
  );
}
