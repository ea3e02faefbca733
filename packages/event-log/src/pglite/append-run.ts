import { arrayText, type SqlRow, type SqlValue } from '../sql/sql-session.ts';
import { EVENT_COLUMNS, isMet, isNew } from './append-conditions.ts';
import { isOneEvent, ONE_EVENT } from './append-one.ts';
import type { AppendResult } from './append-statement.ts';
import type { PackedAppend } from './wire.ts';

/**
 * A run of appends as one statement: each of one event, no two of one stream or one command, so that none has a say in what
 * becomes of another. A statement for each takes three times as long.
 *
 * It keeps the invariants of `APPEND_MANY_SQL` for each append of the run. Appends that are refused are left out, and those that
 * are kept get positions in the order of the run.
 */
export const APPEND_RUN_SQL = `
WITH RECURSIVE asked AS MATERIALIZED (
  SELECT a.*, coalesce(newest.version, 0) AS version,
    ${isMet('newest.version', 'a.expected')} AND ${isNew('a.command_id')} AS is_kept
  FROM unnest($1::uuid[], $2::text[], $3::integer[], $4::uuid[], $5::text[], $6::smallint[], $7::json[], $8::timestamptz[],
      $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::bytea[], $15::bytea[]) WITH ORDINALITY
    AS a (command_id, stream, expected, event_id, type, schema_version, data, recorded_at,
      actor, correlation_id, causation_id, app_version, undoes, content_hash, digest, number)
  LEFT JOIN LATERAL (
    SELECT version FROM events WHERE events.stream = a.stream ORDER BY version DESC LIMIT 1
  ) AS newest ON true
), placed AS MATERIALIZED (
  SELECT *, (count(*) FILTER (WHERE is_kept) OVER (ORDER BY number ROWS UNBOUNDED PRECEDING))::integer AS place FROM asked
), items AS MATERIALIZED (
  SELECT array_agg(version + 1 ORDER BY place) AS versions, array_agg(digest ORDER BY place) AS digests,
    count(*)::integer AS length
  FROM placed WHERE is_kept
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
  INSERT INTO events (${EVENT_COLUMNS})
  SELECT chains.base + place, event_id, stream, version + 1, type, schema_version, data,
    recorded_at, actor, command_id, correlation_id, causation_id, app_version, undoes,
    content_hash, chains.links[place]
  FROM placed, chains WHERE is_kept
)
SELECT json_agg(json_build_array(version, CASE WHEN is_kept THEN base + place - 1 END) ORDER BY number)
FROM placed, chains`;

/** The parameters of {@link APPEND_RUN_SQL}. */
export function appendRunValues(run: readonly PackedAppend[]): readonly SqlValue[] {
  return ONE_EVENT.map((of) => arrayText(run.map((append) => of(append) ?? null)));
}

/** Reads the one row of {@link APPEND_RUN_SQL}: what became of each append. */
export function appendRunResults([row]: readonly SqlRow[]): AppendResult[] {
  // The statement writes it so.
  const found = JSON.parse(row?.[0] ?? '[]') as [version: number, base: number | null][];
  return found.map(([version, base]) =>
    base === null
      ? { kind: 'refused', versions: [version] }
      : { kind: 'appended', base, versions: [version] },
  );
}

/** A group in order, cut into runs; what is of no run is alone. */
export function runsOf(group: readonly PackedAppend[]): PackedAppend[][] {
  const runs: PackedAppend[][] = [];
  let taken = new Set<string>();
  let isOpen = false;
  for (const append of group) {
    const isOne = isOneEvent(append);
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
