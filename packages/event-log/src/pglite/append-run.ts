import { arrayText, type SqlRow, type SqlValue } from '../sql/sql-session.ts';
import { shapeOf, type AppendResult } from './append-statement.ts';
import { ANY_VERSION, SOME_VERSION, type PackedAppend } from './wire.ts';

/**
 * A run of appends as one statement: each of one event, no two of one stream or one command, so that none has a say in what
 * becomes of another. A statement for each takes three times as long.
 *
 * It keeps the invariants of `appendSql` for each append of the run. Appends that are refused or known are left out, and those that
 * are kept get positions in the order of the run.
 */
export const APPEND_RUN_SQL = `
WITH RECURSIVE asked AS MATERIALIZED (
  SELECT a.*, coalesce(newest.version, 0) AS version, known.position AS known_position, known.content_hash AS known_hash,
    CASE a.expected
      WHEN ${ANY_VERSION} THEN true
      WHEN ${SOME_VERSION} THEN newest.version IS NOT NULL
      ELSE coalesce(newest.version, 0) = a.expected
    END AS met
  FROM unnest($1::uuid[], $2::text[], $3::integer[], $4::uuid[], $5::text[], $6::smallint[], $7::json[], $8::timestamptz[],
      $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::bytea[], $15::bytea[]) WITH ORDINALITY
    AS a (command_id, stream, expected, event_id, type, schema_version, data, recorded_at,
      actor, correlation_id, causation_id, app_version, undoes, content_hash, digest, number)
  LEFT JOIN LATERAL (
    SELECT version FROM events WHERE events.stream = a.stream ORDER BY version DESC LIMIT 1
  ) AS newest ON true
  LEFT JOIN LATERAL (
    SELECT position, content_hash FROM events
    WHERE events.command_id = a.command_id AND events.content_hash IS NOT NULL
  ) AS known ON true
), kept AS MATERIALIZED (
  SELECT *, row_number() OVER (ORDER BY number)::integer AS place FROM asked WHERE met AND known_position IS NULL
), items AS MATERIALIZED (
  SELECT array_agg(version + 1 ORDER BY place) AS versions, array_agg(digest ORDER BY place) AS digests,
    count(*)::integer AS length
  FROM kept
), links AS (
  SELECT 0 AS place, position, chain FROM log_head
  UNION ALL
  SELECT links.place + 1, position + 1,
    sha256(chain || int8send(position + 1) || int4send(versions[links.place + 1]) || digests[links.place + 1])
  FROM links, items WHERE links.place < length
), head AS (
  UPDATE log_head SET position = newest.position, chain = newest.chain
  FROM links AS newest, items WHERE newest.place = items.length AND items.length > 0
), chains AS MATERIALIZED (
  SELECT min(position) AS base, array_agg(chain ORDER BY place) FILTER (WHERE place > 0) AS links FROM links
), inserted AS (
  INSERT INTO events (position, event_id, stream, version, type, schema_version, data,
    recorded_at, actor, command_id, correlation_id, causation_id, app_version, undoes,
    content_hash, chain)
  SELECT chains.base + place, event_id, stream, version + 1, type, schema_version, data,
    recorded_at, actor, command_id, correlation_id, causation_id, app_version, undoes,
    content_hash, chains.links[place]
  FROM kept, chains
)
SELECT json_agg(json_build_array(asked.version, base + place - 1, asked.known_position, encode(asked.known_hash, 'hex'))
  ORDER BY asked.number)
FROM asked CROSS JOIN chains
  LEFT JOIN LATERAL (SELECT place FROM kept WHERE kept.number = asked.number) AS put ON true`;

/** The parameters of {@link APPEND_RUN_SQL}. */
export function appendRunValues(run: readonly PackedAppend[]): readonly SqlValue[] {
  const column = (of: (append: PackedAppend) => string | number | null | undefined): string =>
    arrayText(run.map((append) => of(append) ?? null));
  return [
    column(({ commandId }) => commandId),
    column(({ streams }) => streams[0]),
    column(({ expected }) => expected[0]),
    column(({ eventIds }) => eventIds[0]),
    column(({ types }) => types[0]),
    column(({ schemaVersions }) => schemaVersions[0]),
    column(({ data }) => data[0]),
    column(({ recordedAt }) => recordedAt),
    column(({ actor }) => actor),
    column(({ correlationId }) => correlationId),
    column(({ causationId }) => causationId),
    column(({ appVersion }) => appVersion),
    column(({ undoes }) => undoes),
    column(({ contentHash }) => `\\x${contentHash}`),
    column(({ digests }) => `\\x${digests[0] ?? ''}`),
  ];
}

/** Reads the one row of {@link APPEND_RUN_SQL}: what became of each append. */
export function appendRunResults([row]: readonly SqlRow[]): AppendResult[] {
  // The statement writes it so.
  const found = JSON.parse(row?.[0] ?? '[]') as [number, number | null, number | null, string | null][];
  return found.map(([version, base, position, contentHash]) => {
    if (position !== null && contentHash !== null) return { kind: 'known', position, contentHash };
    return base === null
      ? { kind: 'refused', versions: [version] }
      : { kind: 'appended', base, versions: [version] };
  });
}

/** A group in order, cut into runs; what is of no run is alone. */
export function runsOf(group: readonly PackedAppend[]): PackedAppend[][] {
  const runs: PackedAppend[][] = [];
  let taken = new Set<string>();
  let isOpen = false;
  for (const append of group) {
    const isOne = shapeOf(append) === 'one';
    // A stream's name may look like a command's id.
    const names = [`stream ${append.streams[0] ?? ''}`, `command ${append.commandId}`];
    if (isOpen && isOne && names.every((name) => !taken.has(name))) runs.at(-1)?.push(append);
    else {
      runs.push([append]);
      taken = new Set();
    }
    names.forEach((name) => taken.add(name));
    isOpen = isOne;
  }
  return runs;
}
