import { arrayText, type SqlRow, type SqlValue } from '../sql/sql-session.ts';
import { EVENT_COLUMNS, isMet, isNew } from './append-conditions.ts';
import type { AppendOutcome, PackedAppend } from './wire.ts';

/**
 * One append of any shape as one statement, in one transaction with the others of its group. Nearly all are of one event, for which
 * there are faster statements, with these invariants too: `APPEND_ONE_SQL` and `APPEND_RUN_SQL`.
 *
 * Invariants, kept in these statements and nowhere else:
 * 1. Positions are dense from 1 and in order of commit: they are taken from the one row of `log_head`, whose lock is held to the
 *    end of the transaction, and only where events are inserted.
 * 2. The versions of a stream are dense from 1: they go on from the greatest one, and a unique index stops two writers that both
 *    read the same one.
 * 3. Every expectation holds at the moment of the insert, or no event of the append is inserted.
 * 4. A command id appends once: where it is known, nothing is inserted.
 * 5. Each event has the link of the chain that its place and its content make, and `log_head` has the newest. The link is
 *    `sha256(link before || position || version || digest)`, as in `linkAfter`.
 *
 * A refusal is a row, not an error, so that it does not take the transaction of the others in the group with it.
 *
 * On a server, where other connections append too, lock the row of `log_head` in a statement before this one: a statement sees
 * what was committed when it began, and a wait in its middle would leave it with a stream's old version and an old link. The
 * primary key and the unique indexes refuse what would come of that.
 */
export const APPEND_MANY_SQL = `
WITH RECURSIVE wanted AS (
  SELECT w.number, w.stream, coalesce(newest.version, 0) AS version, ${isMet('newest.version', 'w.expected')} AS met
  FROM unnest($2::text[], $3::integer[]) WITH ORDINALITY AS w (stream, expected, number)
  LEFT JOIN LATERAL (
    SELECT version FROM events WHERE events.stream = w.stream ORDER BY version DESC LIMIT 1
  ) AS newest ON true
), links AS (
  SELECT 0 AS number, position, chain FROM log_head
  WHERE ${isNew('$1::uuid')} AND NOT EXISTS (SELECT FROM wanted WHERE NOT met)
  UNION ALL
  -- The subquery without FROM of an outer row is evaluated once.
  SELECT number + 1, position + 1, sha256(chain || int8send(position + 1)
    || int4send((SELECT array_agg(version ORDER BY number) FROM wanted)[($5::integer[])[number + 1]] + ($6::integer[])[number + 1])
    || ($18::bytea[])[number + 1])
  FROM links WHERE number < $4::integer
), head AS (
  UPDATE log_head SET position = newest.position, chain = newest.chain
  FROM links AS newest WHERE newest.number = $4::integer
  RETURNING log_head.position - $4::integer AS base
), inserted AS (
  INSERT INTO events (${EVENT_COLUMNS})
  SELECT head.base + e.number, e.event_id, wanted.stream, wanted.version + e.place, e.type, e.schema_version, e.data,
    $11::timestamptz, $12::text, $1::uuid, $13::text, $14::text, $15::text, $16::text,
    CASE e.number WHEN 1 THEN $17::bytea END,
    (SELECT array_agg(chain ORDER BY number) FROM links WHERE number > 0)[e.number::integer]
  FROM head, unnest($5::integer[], $6::integer[], $7::uuid[], $8::text[], $9::smallint[], $10::json[])
    WITH ORDINALITY AS e (write, place, event_id, type, schema_version, data, number)
  JOIN wanted ON wanted.number = e.write
)
SELECT version, (SELECT base FROM head) FROM wanted ORDER BY number`;

/** The parameters of {@link APPEND_MANY_SQL}. */
export function appendManyValues(append: PackedAppend): readonly SqlValue[] {
  return [
    append.commandId,
    arrayText(append.streams),
    arrayText(append.expected),
    String(append.data.length),
    arrayText(append.writes),
    arrayText(append.places),
    arrayText(append.eventIds),
    arrayText(append.types),
    arrayText(append.schemaVersions),
    arrayText(append.data),
    append.recordedAt,
    append.actor,
    append.correlationId,
    append.causationId,
    append.appVersion,
    append.undoes,
    `\\x${append.contentHash}`,
    arrayText(append.digests.map((digest) => `\\x${digest}`)),
  ];
}

/** What became of an append. Refused is also what has a known command id: its expectations need not hold again. */
export type AppendResult = Extract<AppendOutcome, { kind: 'appended' | 'refused' }>;

/** Reads the rows of {@link APPEND_MANY_SQL}, one a write, or the one of `APPEND_ONE_SQL`: the stream's version and the base. */
export function appendResult(rows: readonly SqlRow[]): AppendResult {
  const versions = rows.map(([version]) => Number(version));
  const base = rows[0]?.[1];
  return typeof base === 'string'
    ? { kind: 'appended', base: Number(base), versions }
    : { kind: 'refused', versions };
}
