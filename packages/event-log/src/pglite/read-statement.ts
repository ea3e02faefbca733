import { arrayText, type SqlRow, type SqlValue } from '../sql/sql-session.ts';
import type { ChunkQuery } from './wire.ts';

const COLUMNS =
  'position, event_id, stream, version, type, schema_version, data, recorded_at, actor, command_id, correlation_id, causation_id, app_version, undoes';

/** Greater than every position; PostgreSQL's own greatest `bigint`. */
const NO_BOUND = '9223372036854775807';

/** The statement for one chunk: always a walk along an index, from the bound, for as many rows as are asked for. */
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
  // In a stream, versions are in the order of positions, and they are what its index is sorted by.
  const order = query.stream === undefined ? 'position' : 'version';
  const direction = query.direction === 'backward' ? 'DESC' : 'ASC';
  return {
    sql: `SELECT ${COLUMNS} FROM events WHERE ${conditions.join(' AND ')} ORDER BY ${order} ${direction} LIMIT $3`,
    values,
  };
}

/** Rows of {@link readStatement} as the text of a JSON array of `EventRecord`; `data` goes in as it came out of PostgreSQL. */
export function recordsText(rows: readonly SqlRow[]): string {
  return `[${rows.map(recordText).join(',')}]`;
}

function recordText(row: SqlRow): string {
  const [position, eventId, stream, version, type, schemaVersion, data, recordedAt, actor, ...rest] = row;
  const [commandId, correlationId, causationId, appVersion, undoes] = rest;
  return (
    `{"position":${position},"eventId":"${eventId}","stream":${json(stream)},"version":${version},"type":${json(type)},` +
    `"schemaVersion":${schemaVersion},"data":${data},"recordedAt":"${isoInstant(recordedAt)}","actor":${json(actor)},` +
    `"commandId":"${commandId}","correlationId":${json(correlationId)},"causationId":${json(causationId)},` +
    `"appVersion":${json(appVersion)},"undoes":${json(undoes)}}`
  );
}

function json(text: string | null | undefined): string {
  return JSON.stringify(text ?? null);
}

/** PostgreSQL's `2026-11-22 09:00:00.5+00` (the session's time zone is UTC) as `2026-11-22T09:00:00.500Z`. */
export function isoInstant(text: string | null | undefined): string {
  return new Date(`${(text ?? '').replace(' ', 'T').replace(/\+00$/, '')}Z`).toISOString();
}
