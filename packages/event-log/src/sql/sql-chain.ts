import { GENESIS } from '../chain/chain-link.ts';
import { sealOf, type ChainedEvent } from '../chain/chained-event.ts';
import { checkEvents } from '../chain/check-events.ts';
import { checkLines } from '../chain/check-lines.ts';
import { sha256 } from '../chain/digest.ts';
import { eventLine } from '../chain/event-line.ts';
import { refusalOfImport } from '../chain/import-check.ts';
import { LogError } from '../errors.ts';
import type { ChainCheck, ChainLink, EventChain, LinesImported, RedactionRequest } from '../port.ts';
import { NEWEST_LINK } from './append-statements.ts';
import { chainedEventOf, CHAINED_EVENTS_SQL, importStatements } from './chain-statement.ts';
import { forgetSnapshotsFrom } from './sql-snapshots.ts';
import { arrayText, type SqlSession } from './sql-session.ts';

/**
 * The chain of a log in SQL, over a connection that one question at a time is asked of.
 *
 * Invariants:
 * 1. Lines are imported where the log's newest link is the one that they go on from, and all of them or none.
 * 2. An event that was redacted keeps the hash of what it first said.
 */
export class SqlChain implements EventChain {
  constructor(private readonly sql: Pick<SqlSession, 'run' | 'transaction'>) {}

  async head(): Promise<ChainLink> {
    return await newestLink(this.sql);
  }

  async exportLines(after: number, limit: number): Promise<string> {
    const events = await eventsAfter(this.sql, after, limit);
    const missing = events.findIndex(({ position }, index) => position !== after + index + 1);
    if (missing !== -1) {
      throw new LogError('LogDamaged', `The log has lost the event at position ${after + missing + 1}.`);
    }
    return events.map(eventLine).join('');
  }

  async check(link: ChainLink, limit: number): Promise<ChainCheck> {
    return checkEvents(link, await eventsAfter(this.sql, link.position, limit));
  }

  async importLines(link: ChainLink, lines: string): Promise<LinesImported> {
    const checked = checkLines(link, lines);
    if (checked.kind === 'broken')
      return { kind: 'broken', position: checked.position, reason: checked.reason };
    const { events } = checked;
    return await this.sql.transaction(async (sql) => {
      await sql.run('SELECT FROM log_head FOR UPDATE');
      const head = await newestLink(sql);
      if (head.position !== link.position || head.hash !== link.hash) return { kind: 'elsewhere', head };
      const refusal = refusalOfImport(events, {
        commandId: await commandAt(sql, link.position),
        versions: await versionsOf(sql, events),
      });
      if (refusal !== null) return refusal;
      for (const statement of importStatements(events, checked.link)) {
        await sql.run(statement.sql, statement.values);
      }
      return { kind: 'imported', link: checked.link };
    });
  }

  async redact({ position, replacement, reason, redactedAt }: RedactionRequest): Promise<void> {
    await this.sql.transaction(async (sql) => {
      // Two at once would both find what the event says now.
      await sql.run('SELECT FROM log_head FOR UPDATE');
      const [event] = await eventsAfter(sql, position - 1, 1);
      if (event?.position !== position) {
        throw new LogError('InvalidAppend', `The log has no position ${position}.`);
      }
      const data = JSON.stringify(replacement);
      const dataHash = event.redaction?.dataHash ?? sha256(event.data);
      const seal = sealOf({ ...event, data }, { dataHash, redactedAt, reason });
      await sql.run('UPDATE events SET data = $2 WHERE position = $1', [String(position), data]);
      await forgetSnapshotsFrom(sql, position);
      await sql.run(
        `INSERT INTO redactions (position, data_hash, redacted_at, reason, seal) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (position) DO UPDATE SET redacted_at = excluded.redacted_at, reason = excluded.reason, seal = excluded.seal`,
        [String(position), `\\x${dataHash}`, redactedAt, reason, `\\x${seal}`],
      );
    });
  }
}

type Sql = Pick<SqlSession, 'run'>;

async function newestLink(sql: Sql): Promise<ChainLink> {
  const [row] = await sql.run(NEWEST_LINK);
  return { position: Number(row?.[0]), hash: row?.[1] ?? GENESIS.hash };
}

async function eventsAfter(sql: Sql, after: number, limit: number): Promise<ChainedEvent[]> {
  return (await sql.run(CHAINED_EVENTS_SQL, [String(after), String(limit)])).map(chainedEventOf);
}

async function commandAt(sql: Sql, position: number): Promise<string | null> {
  const [row] = await sql.run('SELECT command_id FROM events WHERE position = $1', [String(position)]);
  return row?.[0] ?? null;
}

async function versionsOf(sql: Sql, events: readonly ChainedEvent[]): Promise<ReadonlyMap<string, number>> {
  const streams = [...new Set(events.map(({ stream }) => stream))];
  const rows = await sql.run(
    `SELECT s.stream, newest.version FROM unnest($1::text[]) AS s (stream) JOIN LATERAL (
  SELECT version FROM events WHERE events.stream = s.stream ORDER BY version DESC LIMIT 1
) AS newest ON true`,
    [arrayText(streams)],
  );
  return new Map(rows.map(([stream, version]) => [stream ?? '', Number(version)]));
}
