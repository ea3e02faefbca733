import { arrayText, type SqlRow, type SqlValue } from '../sql/sql-session.ts';
import type { EventRecord, JsonObject } from '../port.ts';
import type { Chunk, ChunkQuery } from './wire.ts';

/** In the order in which {@link recordsFrom} takes them apart. */
const COLUMNS = [
  'position',
  'event_id',
  'stream',
  'version',
  'type',
  'schema_version',
  'data',
  'recorded_at::text',
  'actor',
  'command_id',
  'correlation_id',
  'causation_id',
  'app_version',
  'undoes',
];

/** Greater than every position; PostgreSQL's own greatest `bigint`. */
const NO_BOUND = '9223372036854775807';

/**
 * The statement for one chunk: always a walk along an index, from the bound, for as many rows as are asked for.
 *
 * The chunk comes as one row with a JSON array for each column. PGlite hands each row of an answer over by itself, which takes
 * four times as long as reading it does; and arrays of columns are written and parsed faster than objects that repeat their keys.
 */
export function readStatement(query: ChunkQuery): {
  readonly sql: string;
  readonly values: readonly SqlValue[];
} {
  const values: SqlValue[] = [
    String(query.after ?? 0),
    query.before === undefined ? NO_BOUND : String(query.before),
    String(query.limit),
  ];
  const conditions = ['position > $1', 'position < $2'];
  const where = (condition: (parameter: string) => string, value: string): void => {
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  if (query.stream !== undefined) where((p) => `stream = ${p}`, query.stream);
  if (query.types !== undefined) where((p) => `type = ANY (${p}::text[])`, arrayText(query.types));
  if (query.actors !== undefined) where((p) => `actor = ANY (${p}::text[])`, arrayText(query.actors));
  if (query.recordedFrom !== undefined) where((p) => `recorded_at >= ${p}::timestamptz`, query.recordedFrom);
  if (query.recordedBefore !== undefined)
    where((p) => `recorded_at < ${p}::timestamptz`, query.recordedBefore);
  // In a stream, versions are in the order of positions, and they are what its index is sorted by.
  const order = query.stream === undefined ? 'position' : 'version';
  const [direction, last] = query.direction === 'backward' ? ['DESC', 'min'] : ['ASC', 'max'];
  const columns = COLUMNS.map((column) => `json_agg(${column})`).join(`, ',', `);
  return {
    sql: `SELECT count(*), ${last}(position), concat('[', ${columns}, ']') FROM (
  SELECT * FROM events WHERE ${conditions.join(' AND ')} ORDER BY ${order} ${direction} LIMIT $3
) AS chunk HAVING count(*) > 0`,
    values,
  };
}

/** What {@link readStatement} found. */
export function chunkOf([row]: readonly SqlRow[]): Chunk {
  const [length, last, records] = row ?? [];
  return { length: Number(length ?? 0), last: Number(last ?? 0), records: records ?? '' };
}

/** The records of a {@link Chunk}. */
export function recordsFrom(text: string): EventRecord[] {
  if (text === '') return [];
  // `COLUMNS` says what is in it.
  const columns = JSON.parse(text) as Columns;
  const [positions, eventIds, streams, versions, types, schemaVersions, data, times, actors, ...ids] =
    columns;
  const [commandIds, correlationIds, causationIds, appVersions, undoes] = ids;
  return positions.map((position, index) => ({
    position,
    eventId: at(eventIds, index),
    stream: at(streams, index),
    version: at(versions, index),
    type: at(types, index),
    schemaVersion: at(schemaVersions, index),
    data: at(data, index),
    recordedAt: isoInstant(at(times, index)),
    actor: at(actors, index),
    commandId: at(commandIds, index),
    correlationId: at(correlationIds, index),
    causationId: at(causationIds, index),
    appVersion: at(appVersions, index),
    undoes: at(undoes, index),
  }));
}

type Texts = readonly string[];
type Columns = readonly [
  positions: readonly number[],
  eventIds: Texts,
  streams: Texts,
  versions: readonly number[],
  types: Texts,
  schemaVersions: readonly number[],
  data: readonly JsonObject[],
  times: Texts,
  actors: Texts,
  commandIds: Texts,
  correlationIds: Texts,
  causationIds: readonly (string | null)[],
  appVersions: Texts,
  undoes: readonly (string | null)[],
];

function at<T>(column: readonly T[], index: number): T {
  const value = column[index];
  if (value === undefined) throw new Error(`The chunk has a column without a value ${index}.`);
  return value;
}

/** PostgreSQL's `2026-11-22 09:00:00.5+00` (the session's time zone is UTC) as `2026-11-22T09:00:00.500Z`. */
export function isoInstant(text: string): string {
  const milliseconds = text.slice('2026-11-22 09:00:00.'.length, -'+00'.length).padEnd(3, '0');
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${milliseconds}Z`;
}
