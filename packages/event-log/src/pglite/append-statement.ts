import { arrayText, type SqlRow, type SqlValue } from '../sql/sql-session.ts';
import { ANY_VERSION, SOME_VERSION, type AppendOutcome, type PackedAppend } from './wire.ts';

/** What an append is made of: one event for one stream, as nearly all are, or anything else. */
export const APPEND_SHAPES = ['one', 'many'] as const;
export type AppendShape = (typeof APPEND_SHAPES)[number];

const INSERTABLE = 'NOT EXISTS (SELECT FROM known) AND NOT EXISTS (SELECT FROM wanted WHERE NOT met)';

/**
 * Where the statement finds writes, events and hashes. Scalars in place of arrays of one spare a third of its time.
 *
 * The link of an event is `sha256(link before || position || version || digest)`, as in `linkAfter`. `head` moves `log_head` on
 * and gives `base`, the position before the first event; `chain` is the link of event `e`.
 */
const SHAPES = {
  one: {
    writes: '(SELECT $2::text, $3::integer, 1)',
    events: '(SELECT $5::integer, $6::integer, $7::uuid, $8::text, $9::smallint, $10::json, 1)',
    head: `head AS (
  UPDATE log_head SET position = log_head.position + 1,
    chain = sha256(log_head.chain || int8send(log_head.position + 1) || int4send(wanted.version + 1) || $18::bytea)
  FROM wanted WHERE ${INSERTABLE}
  RETURNING log_head.position - $4::integer AS base, log_head.chain
)`,
    chain: 'head.chain',
  },
  many: {
    writes: 'unnest($2::text[], $3::integer[]) WITH ORDINALITY',
    events: `unnest($5::integer[], $6::integer[], $7::uuid[], $8::text[], $9::smallint[], $10::json[])
      WITH ORDINALITY`,
    // Each link needs the one before it. The subqueries without FROM of an outer row are evaluated once.
    head: `links AS (
  SELECT 0 AS number, position, chain FROM log_head WHERE ${INSERTABLE}
  UNION ALL
  SELECT number + 1, position + 1, sha256(chain || int8send(position + 1)
    || int4send((SELECT array_agg(version ORDER BY number) FROM wanted)[($5::integer[])[number + 1]] + ($6::integer[])[number + 1])
    || ($18::bytea[])[number + 1])
  FROM links WHERE number < $4::integer
), head AS (
  UPDATE log_head SET position = newest.position, chain = newest.chain
  FROM links AS newest WHERE newest.number = $4::integer
  RETURNING log_head.position - $4::integer AS base
)`,
    chain: '(SELECT array_agg(chain ORDER BY number) FROM links WHERE number > 0)[e.number::integer]',
  },
} as const satisfies Record<AppendShape, unknown>;

/**
 * One append as one statement, in one transaction with the others of its group.
 *
 * Invariants, kept here and nowhere else:
 * 1. Positions are dense from 1 and in order of commit: they are taken from the one row of `log_head`, whose lock is held to the
 *    end of the transaction, and only where events are inserted.
 * 2. The versions of a stream are dense from 1: they go on from the greatest one, and a unique index stops two writers that both
 *    read the same one.
 * 3. Every expectation holds at the moment of the insert, or no event of the append is inserted.
 * 4. A command id appends once: where it is known, nothing is inserted and its first position and content hash come back.
 * 5. Each event has the link of the chain that its place and its content make, and `log_head` has the newest.
 *
 * A refusal is a row, not an error, so that it does not take the transaction of the others in the group with it.
 *
 * On a server, where other connections append too, lock the row of `log_head` in a statement before this one: a statement sees
 * what was committed when it began, and a wait in its middle would leave it with a stream's old version and an old link. The
 * primary key and the unique indexes refuse what would come of that.
 */
export function appendSql(shape: AppendShape): string {
  const { writes, events, head, chain } = SHAPES[shape];
  return `
WITH RECURSIVE known AS (
  SELECT position, content_hash FROM events WHERE command_id = $1::uuid AND content_hash IS NOT NULL
), wanted AS (
  SELECT w.number, w.stream, coalesce(newest.version, 0) AS version,
    CASE w.expected
      WHEN ${ANY_VERSION} THEN true
      WHEN ${SOME_VERSION} THEN newest.version IS NOT NULL
      ELSE coalesce(newest.version, 0) = w.expected
    END AS met
  FROM ${writes} AS w (stream, expected, number)
  LEFT JOIN LATERAL (
    SELECT version FROM events WHERE events.stream = w.stream ORDER BY version DESC LIMIT 1
  ) AS newest ON true
), ${head}, inserted AS (
  INSERT INTO events (position, event_id, stream, version, type, schema_version, data,
    recorded_at, actor, command_id, correlation_id, causation_id, app_version, undoes,
    content_hash, chain)
  SELECT head.base + e.number, e.event_id, wanted.stream, wanted.version + e.place, e.type, e.schema_version, e.data,
    $11::timestamptz, $12::text, $1::uuid, $13::text, $14::text, $15::text, $16::text,
    CASE e.number WHEN 1 THEN $17::bytea END, ${chain}
  FROM head, ${events} AS e (write, place, event_id, type, schema_version, data, number)
  JOIN wanted ON wanted.number = e.write
)
SELECT wanted.version, (SELECT base FROM head), (SELECT position FROM known),
  (SELECT encode(content_hash, 'hex') FROM known)
FROM wanted ORDER BY wanted.number`;
}

export function shapeOf(append: PackedAppend): AppendShape {
  return append.data.length === 1 ? 'one' : 'many';
}

/** The parameters of {@link appendSql}. */
export function appendValues(append: PackedAppend): readonly SqlValue[] {
  const items = shapeOf(append) === 'one' ? onlyItem : arrayText;
  return [
    append.commandId,
    items(append.streams),
    items(append.expected),
    String(append.data.length),
    items(append.writes),
    items(append.places),
    items(append.eventIds),
    items(append.types),
    items(append.schemaVersions),
    items(append.data),
    append.recordedAt,
    append.actor,
    append.correlationId,
    append.causationId,
    append.appVersion,
    append.undoes,
    `\\x${append.contentHash}`,
    items(append.digests.map((digest) => `\\x${digest}`)),
  ];
}

function onlyItem([item]: readonly (string | number)[]): SqlValue {
  return item === undefined ? null : String(item);
}

/** What {@link appendSql} found. */
export type AppendResult =
  | Extract<AppendOutcome, { kind: 'appended' | 'refused' }>
  /** The command id was there: the position of its first event and the hash of its content, in hex. */
  | { readonly kind: 'known'; readonly position: number; readonly contentHash: string };

/** Reads the rows of {@link appendSql}, one a write. */
export function appendResult(rows: readonly SqlRow[]): AppendResult {
  const versions = rows.map(([version]) => Number(version));
  const [, base, position, contentHash] = rows[0] ?? [];
  if (typeof position === 'string' && typeof contentHash === 'string') {
    return { kind: 'known', position: Number(position), contentHash };
  }
  return typeof base === 'string'
    ? { kind: 'appended', base: Number(base), versions }
    : { kind: 'refused', versions };
}
