import type { ChainLink } from '../port.ts';
import type { PackedAppend } from '../pglite/wire.ts';
import type { Found, Known, PlacedEvent } from './judge-group.ts';
import { arrayText, type SqlRow, type SqlStatement, type SqlValue } from './sql-session.ts';

/** In the order in which the statements insert them. */
export const EVENT_COLUMNS = `position, event_id, stream, version, type, schema_version, data,
    recorded_at, actor, command_id, correlation_id, causation_id, app_version, undoes, content_hash, chain`;

/** The newest link of the chain. */
export const NEWEST_LINK = `SELECT position, encode(chain, 'hex') FROM log_head`;

const STREAMS_SQL = `
SELECT asked.stream, newest.version FROM unnest($1::text[]) AS asked (stream)
CROSS JOIN LATERAL (
  SELECT version FROM events WHERE events.stream = asked.stream ORDER BY version DESC LIMIT 1
) AS newest`;

const COMMANDS_SQL = `
SELECT command_id, position, encode(content_hash, 'hex') FROM events
WHERE command_id = ANY ($1::uuid[]) AND content_hash IS NOT NULL`;

/** Its parameters are arrays, one for each of {@link EVENT_COLUMNS}. */
export const INSERT_EVENTS = `
INSERT INTO events (${EVENT_COLUMNS})
SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::text[], $4::integer[], $5::text[], $6::smallint[], $7::json[],
  $8::timestamptz[], $9::text[], $10::uuid[], $11::text[], $12::text[], $13::text[], $14::text[], $15::bytea[], $16::bytea[])`;

/** The position and the link of the newest event. */
export const MOVE_HEAD = 'UPDATE log_head SET position = $1, chain = $2';

/** What has to be known of the log to judge a group; see {@link foundIn}. */
export function questionsOf(group: readonly PackedAppend[]): readonly SqlStatement[] {
  const streams = new Set(group.flatMap((append) => append.streams));
  return [
    { sql: NEWEST_LINK, values: [] },
    { sql: STREAMS_SQL, values: [arrayText([...streams])] },
    { sql: COMMANDS_SQL, values: [arrayText(group.map(({ commandId }) => commandId))] },
  ];
}

/** Reads the answers to {@link questionsOf}. */
export function foundIn(answers: readonly (readonly SqlRow[])[]): Found {
  const [[head] = [], streams = [], commands = []] = answers;
  return {
    head: { position: Number(head?.[0]), hash: head?.[1] ?? '' },
    versions: new Map(streams.map(([stream, version]) => [stream ?? '', Number(version)])),
    known: new Map(
      commands.map(([commandId, position, contentHash]): [string, Known] => [
        commandId ?? '',
        { position: Number(position), contentHash: contentHash ?? '' },
      ]),
    ),
  };
}

/** Puts events after everything that is there, and moves the head to `head`. */
export function insertion(events: readonly PlacedEvent[], head: ChainLink): readonly SqlStatement[] {
  if (events.length === 0) return [];
  const column = (of: (event: PlacedEvent) => string | number | null | undefined): SqlValue =>
    arrayText(events.map((event) => of(event) ?? null));
  return [
    {
      sql: INSERT_EVENTS,
      values: [
        column(({ position }) => position),
        column(({ append, index }) => append.eventIds[index]),
        column(({ stream }) => stream),
        column(({ version }) => version),
        column(({ append, index }) => append.types[index]),
        column(({ append, index }) => append.schemaVersions[index]),
        column(({ append, index }) => append.data[index]),
        column(({ append }) => append.recordedAt),
        column(({ append }) => append.actor),
        column(({ append }) => append.commandId),
        column(({ append }) => append.correlationId),
        column(({ append }) => append.causationId),
        column(({ append }) => append.appVersion),
        column(({ append }) => append.undoes),
        column(({ append, index }) => (index === 0 ? `\\x${append.contentHash}` : null)),
        column(({ chain }) => `\\x${chain}`),
      ],
    },
    { sql: MOVE_HEAD, values: [String(head.position), `\\x${head.hash}`] },
  ];
}
