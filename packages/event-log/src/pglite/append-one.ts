import type { SqlValue } from '../sql/sql-session.ts';
import { EVENT_COLUMNS, isMet, isNew } from './append-conditions.ts';
import type { PackedAppend } from './wire.ts';

/**
 * The members of an append of one event, as {@link APPEND_ONE_SQL} takes them; `APPEND_RUN_SQL` takes arrays of them.
 */
export const ONE_EVENT: readonly ((append: PackedAppend) => string | number | null | undefined)[] = [
  ({ commandId }) => commandId,
  ({ streams }) => streams[0],
  ({ expected }) => expected[0],
  ({ eventIds }) => eventIds[0],
  ({ types }) => types[0],
  ({ schemaVersions }) => schemaVersions[0],
  ({ data }) => data[0],
  ({ recordedAt }) => recordedAt,
  ({ actor }) => actor,
  ({ correlationId }) => correlationId,
  ({ causationId }) => causationId,
  ({ appVersion }) => appVersion,
  ({ undoes }) => undoes,
  ({ contentHash }) => `\\x${contentHash}`,
  ({ digests }) => `\\x${digests[0] ?? ''}`,
];

/** An append of one event. It keeps the invariants of `APPEND_MANY_SQL`, and costs a third less. */
export const APPEND_ONE_SQL = `
WITH newest AS (
  SELECT (SELECT version FROM events WHERE stream = $2::text ORDER BY version DESC LIMIT 1) AS version
), head AS (
  UPDATE log_head SET position = log_head.position + 1,
    chain = sha256(log_head.chain || int8send(log_head.position + 1) || int4send(coalesce(newest.version, 0) + 1) || $15::bytea)
  FROM newest WHERE ${isMet('newest.version', '$3::integer')} AND ${isNew('$1::uuid')}
  RETURNING log_head.position, log_head.chain
), inserted AS (
  INSERT INTO events (${EVENT_COLUMNS})
  SELECT head.position, $4::uuid, $2::text, coalesce(newest.version, 0) + 1, $5::text, $6::smallint, $7::json,
    $8::timestamptz, $9::text, $1::uuid, $10::text, $11::text, $12::text, $13::text, $14::bytea, head.chain
  FROM head, newest
)
SELECT coalesce(version, 0), (SELECT position - 1 FROM head) FROM newest`;

/** The parameters of {@link APPEND_ONE_SQL}. */
export function appendOneValues(append: PackedAppend): readonly SqlValue[] {
  return ONE_EVENT.map((of) => {
    const value = of(append) ?? null;
    return value === null ? null : String(value);
  });
}

/** Whether {@link APPEND_ONE_SQL} is for it. */
export function isOneEvent(append: PackedAppend): boolean {
  return append.data.length === 1;
}
