import type { ChainedEvent } from '../chain/chained-event.ts';
import type { ChainLink } from '../port.ts';
import { isoInstant } from '../pglite/read-statement.ts';
import { INSERT_EVENTS, MOVE_HEAD } from './append-statements.ts';
import { arrayText, type SqlRow, type SqlValue } from './sql-session.ts';

/** Events after position $1, at most $2 of them, with all that the chain covers; a walk along the primary key. */
export const CHAINED_EVENTS_SQL = `
SELECT position, event_id, stream, version, type, schema_version, data, recorded_at, actor, command_id, correlation_id,
  causation_id, app_version, undoes, encode(content_hash, 'hex'), encode(chain, 'hex'),
  encode(data_hash, 'hex'), redacted_at, reason, encode(seal, 'hex')
FROM events LEFT JOIN redactions USING (position) WHERE position > $1 ORDER BY position LIMIT $2`;

/** A row of {@link CHAINED_EVENTS_SQL}. */
export function chainedEventOf(row: SqlRow): ChainedEvent {
  const column = (index: number): string => row[index] ?? '';
  const nullable = (index: number): string | null => row[index] ?? null;
  const dataHash = nullable(16);
  return {
    position: Number(column(0)),
    eventId: column(1),
    stream: column(2),
    version: Number(column(3)),
    type: column(4),
    schemaVersion: Number(column(5)),
    data: column(6),
    recordedAt: isoInstant(column(7)),
    actor: column(8),
    commandId: column(9),
    correlationId: column(10),
    causationId: nullable(11),
    appVersion: column(12),
    undoes: nullable(13),
    contentHash: nullable(14),
    chain: column(15),
    redaction:
      dataHash === null
        ? null
        : { dataHash, redactedAt: isoInstant(column(17)), reason: column(18), seal: column(19) },
  };
}

/** Puts events in as they are, after everything that is there. */
export function importStatements(
  events: readonly ChainedEvent[],
  link: ChainLink,
): readonly { readonly sql: string; readonly values: readonly SqlValue[] }[] {
  const column = (of: (event: ChainedEvent) => string | number | null): string => arrayText(events.map(of));
  const redactions = events.flatMap(({ position, redaction }) =>
    redaction === null ? [] : [{ position, ...redaction }],
  );
  return [
    {
      sql: INSERT_EVENTS,
      values: [
        column(({ position }) => position),
        column(({ eventId }) => eventId),
        column(({ stream }) => stream),
        column(({ version }) => version),
        column(({ type }) => type),
        column(({ schemaVersion }) => schemaVersion),
        column(({ data }) => data),
        column(({ recordedAt }) => recordedAt),
        column(({ actor }) => actor),
        column(({ commandId }) => commandId),
        column(({ correlationId }) => correlationId),
        column(({ causationId }) => causationId),
        column(({ appVersion }) => appVersion),
        column(({ undoes }) => undoes),
        column(({ contentHash }) => (contentHash === null ? null : `\\x${contentHash}`)),
        column(({ chain }) => `\\x${chain}`),
      ],
    },
    ...redactions.map(({ position, dataHash, redactedAt, reason, seal }) => ({
      sql: 'INSERT INTO redactions (position, data_hash, redacted_at, reason, seal) VALUES ($1, $2, $3, $4, $5)',
      values: [String(position), `\\x${dataHash}`, redactedAt, reason, `\\x${seal}`],
    })),
    {
      sql: MOVE_HEAD,
      values: [String(link.position), `\\x${link.hash}`],
    },
  ];
}
