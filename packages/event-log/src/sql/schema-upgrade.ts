import { GENESIS, linkAfter } from '../chain/chain-link.ts';
import { digestOf, sha256 } from '../chain/digest.ts';
import { LogError } from '../errors.ts';
import type { ChainLink } from '../port.ts';
import { chainedEventOf } from './chain-statement.ts';
import { SCHEMA_VERSION } from '../pglite/schema.ts';
import { arrayText, type SqlSession } from './sql-session.ts';

type Sql = Pick<SqlSession, 'run'>;

export interface UpgradeOptions {
  /** The newest position that was carried over, of how many. */
  readonly onProgress?: (position: number, of: number) => void;
}

/** The version of the schema that a log's tables have. */
export async function schemaVersionOf(sql: Sql): Promise<number> {
  const [row] = await sql.run('SELECT version FROM log_schema');
  return Number(row?.[0]);
}

/**
 * Brings the tables of an older Retrace to {@link SCHEMA_VERSION}, in the transaction that `sql` is in. Not for newer tables:
 * compare {@link schemaVersionOf} before. Rejects with `LogDamaged` where an event is missing.
 *
 * Invariants:
 * 1. A log whose upgrade was killed, or failed, is as it was, and opens again: all of it is one transaction, the caller's.
 * 2. Events are carried over in chunks: memory does not grow with the log. The disk needs the log's size once more meanwhile.
 * 3. An upgraded log has the tables that a new one has, in the same order of columns.
 */
export async function upgradeSchema(sql: Sql, { onProgress }: UpgradeOptions = {}): Promise<void> {
  const version = await schemaVersionOf(sql);
  for (const step of STEPS.slice(version - 1)) await step(sql, onProgress ?? (() => undefined));
  await sql.run('UPDATE log_schema SET version = $1', [String(SCHEMA_VERSION)]);
}

type Step = (sql: Sql, onProgress: NonNullable<UpgradeOptions['onProgress']>) => Promise<void>;

/** From each version to the next, from 1 on. What a step makes is fixed once it has been released. */
const STEPS: readonly Step[] = [addChain];

const CHUNK = 512;

/** A new table rather than an update of every row: that would leave the old rows' space behind, and write each index entry twice. */
async function addChain(sql: Sql, onProgress: (position: number, of: number) => void): Promise<void> {
  for (const statement of [
    // The memory that WebAssembly once took it keeps.
    `SET LOCAL maintenance_work_mem = '8MB'`,
    'ALTER TABLE events RENAME TO events_1',
    `CREATE TABLE events (
  position bigint NOT NULL,
  event_id uuid NOT NULL,
  stream text NOT NULL,
  version integer NOT NULL,
  type text NOT NULL,
  schema_version smallint NOT NULL,
  data json NOT NULL,
  recorded_at timestamptz NOT NULL,
  actor text NOT NULL,
  command_id uuid NOT NULL,
  correlation_id text NOT NULL,
  causation_id text,
  app_version text NOT NULL,
  undoes text,
  content_hash bytea,
  chain bytea NOT NULL
)`,
  ]) {
    await sql.run(statement);
  }
  const [head] = await sql.run('SELECT position FROM log_head');
  const of = Number(head?.[0]);
  const newest = await carryOver(sql, (position) => onProgress(position, of));
  if (newest.position !== of) throw missing(newest.position + 1);
  for (const statement of [
    'DROP TABLE events_1',
    'ALTER TABLE events ADD PRIMARY KEY (position)',
    'CREATE UNIQUE INDEX events_stream_version ON events (stream, version)',
    'CREATE UNIQUE INDEX events_command ON events (command_id) WHERE content_hash IS NOT NULL',
    `CREATE TABLE redactions (
  position bigint PRIMARY KEY REFERENCES events,
  data_hash bytea NOT NULL,
  redacted_at timestamptz NOT NULL,
  reason text NOT NULL,
  seal bytea NOT NULL
)`,
    'ALTER TABLE log_head ADD COLUMN chain bytea',
  ]) {
    await sql.run(statement);
  }
  await sql.run('UPDATE log_head SET chain = $1', [`\\x${newest.hash}`]);
  await sql.run('ALTER TABLE log_head ALTER COLUMN chain SET NOT NULL');
}

async function carryOver(sql: Sql, onProgress: (position: number) => void): Promise<ChainLink> {
  let link = GENESIS;
  for (;;) {
    const rows = await sql.run(
      `SELECT position, event_id, stream, version, type, schema_version, data, recorded_at, actor, command_id,
  correlation_id, causation_id, app_version, undoes, encode(content_hash, 'hex')
FROM events_1 WHERE position > $1 ORDER BY position LIMIT ${CHUNK}`,
      [String(link.position)],
    );
    if (rows.length === 0) return link;
    const links: ChainLink[] = [];
    for (const event of rows.map(chainedEventOf)) {
      if (event.position !== link.position + 1) throw missing(link.position + 1);
      link = linkAfter(link, event.version, digestOf(event, sha256(event.data)));
      links.push(link);
    }
    await sql.run(
      `INSERT INTO events SELECT events_1.*, link.chain
FROM unnest($1::bigint[], $2::bytea[]) AS link (position, chain) JOIN events_1 USING (position)`,
      [arrayText(links.map(({ position }) => position)), arrayText(links.map(({ hash }) => `\\x${hash}`))],
    );
    onProgress(link.position);
  }
}

function missing(position: number): LogError {
  return new LogError(
    'LogDamaged',
    `The event at position ${position} is missing or is not where it was, so the log was not upgraded. It was left as it is.`,
  );
}
