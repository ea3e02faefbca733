import { ANY_VERSION, SOME_VERSION, type AppendOutcome, type PackedAppend } from '../pglite/wire.ts';
import { EVENT_COLUMNS } from './append-statements.ts';
import type { SqlRow, SqlStatement } from './sql-session.ts';

/**
 * An append of one event, as nearly all are, as one statement. It keeps the invariants of `appendInGroup`: the row of `log_head` is
 * moved on, and with it the event inserted, only where the stream is as expected and the command id is new. What
 * `judgeGroup` and `linkAfter` do for a group is said here in SQL, because a round trip more is a fifth of such an append.
 */
const APPEND_ONE_SQL = `
WITH newest AS (
  SELECT (SELECT version FROM events WHERE stream = $2::text ORDER BY version DESC LIMIT 1) AS version
), head AS (
  UPDATE log_head SET position = log_head.position + 1,
    chain = sha256(log_head.chain || int8send(log_head.position + 1) || int4send(coalesce(newest.version, 0) + 1) || $15::bytea)
  FROM newest
  WHERE CASE $3::integer
      WHEN ${ANY_VERSION} THEN true
      WHEN ${SOME_VERSION} THEN newest.version IS NOT NULL
      ELSE coalesce(newest.version, 0) = $3::integer
    END
    AND NOT EXISTS (SELECT FROM events WHERE command_id = $1::uuid AND content_hash IS NOT NULL)
  RETURNING log_head.position, log_head.chain
), inserted AS (
  INSERT INTO events (${EVENT_COLUMNS})
  SELECT head.position, $4::uuid, $2::text, coalesce(newest.version, 0) + 1, $5::text, $6::smallint, $7::json,
    $8::timestamptz, $9::text, $1::uuid, $10::text, $11::text, $12::text, $13::text, $14::bytea, head.chain
  FROM head, newest
)
SELECT coalesce(version, 0), (SELECT position - 1 FROM head) FROM newest`;

/** Whether {@link appendOne} can append it. */
export function isOneEvent(append: PackedAppend): boolean {
  return append.data.length === 1;
}

export function appendOne(append: PackedAppend): SqlStatement {
  return {
    sql: APPEND_ONE_SQL,
    values: [
      append.commandId,
      append.streams[0] ?? null,
      String(append.expected[0]),
      append.eventIds[0] ?? null,
      append.types[0] ?? null,
      String(append.schemaVersions[0]),
      append.data[0] ?? null,
      append.recordedAt,
      append.actor,
      append.correlationId,
      append.causationId,
      append.appVersion,
      append.undoes,
      `\\x${append.contentHash}`,
      `\\x${append.digests[0] ?? ''}`,
    ],
  };
}

/** What became of it; null where it was not appended, for which there may be several reasons. */
export function outcomeOfOne([row]: readonly SqlRow[]): AppendOutcome | null {
  const [version, base] = row ?? [];
  if (typeof base !== 'string') return null;
  return { kind: 'appended', base: Number(base), versions: [Number(version)] };
}
