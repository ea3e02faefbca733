import { messages, type PGlite } from '@electric-sql/pglite';
import { MemoryRows } from '../memory/memory-rows.ts';
import type { RowChange, TableSpec } from '../port.ts';
import { LogError } from '../errors.ts';
import { appendGroup, prepareAppends, type AppendStatements } from './append-group.ts';
import { openCluster } from '../opening/open-cluster.ts';
import type { Cluster } from './cluster.ts';
import { failureOf } from './faults.ts';
import { chunkOf, readStatement } from './read-statement.ts';
import { declareTables, SqlRows } from '../sql/sql-rows.ts';
import type { PgliteSession } from './pglite-session.ts';
import type { SqlSession } from '../sql/sql-session.ts';
import type {
  Access,
  Answer,
  AppendOutcome,
  Chunk,
  ChunkQuery,
  LogService,
  LogSettings,
  Opened,
  PackedAppend,
} from './wire.ts';

/** Checkpoint when this much WAL has been written since the last: it is what a start after a crash has to replay. */
const CHECKPOINT_BYTES = 16 * 1024 * 1024;
/** Appends between two looks at the amount of WAL. */
const APPENDS_PER_LOOK = 256;
/** Checkpoint after this much quiet, so that a kill while idle leaves nothing to replay. */
const IDLE_MS = 30_000;

/** The declared tables: `{ position, state, rows }` as JSON text, and changes that were checked. */
interface Rows {
  readonly read: (table: string) => Promise<string>;
  readonly write: (change: RowChange) => Promise<void>;
}

interface Open {
  readonly cluster: Cluster;
  readonly sql: PgliteSession;
  readonly access: Access;
  readonly rows: Rows;
  readonly appends: AppendStatements;
}

/** The log inside the worker: PGlite, asked one thing at a time. */
export class PgliteLogService implements LogService {
  #state: Open | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #appendsUntilLook = APPENDS_PER_LOOK;
  #idle: NodeJS.Timeout | undefined;

  open(settings: LogSettings): Promise<Answer<Opened>> {
    return this.#inTurn(async () => {
      const { cluster, sql, access, notices } = await openCluster(settings);
      const { rows, notices: rowNotices } = await openRows(sql, settings.tables, access);
      this.#state = { cluster, sql, access, rows, appends: await prepareAppends(sql) };
      return { head: await headOf(sql), access, notices: [...notices, ...rowNotices] };
    });
  }

  append(group: readonly PackedAppend[]): Promise<Answer<readonly AppendOutcome[]>> {
    return this.#inTurn(async () => {
      const open = this.#open();
      if (open.access === 'read-only') {
        throw new LogError(
          'LogReadOnly',
          'The log was written by a newer version: it can be read, and nothing is saved. Use the newer version.',
        );
      }
      const outcomes = await appendGroup(open.sql, open.appends, group);
      this.#afterAppends(group.length);
      return outcomes;
    });
  }

  read(query: ChunkQuery): Promise<Answer<Chunk>> {
    return this.#inTurn(async () => {
      const { sql, values } = readStatement(query);
      return chunkOf(await this.#open().sql.run(sql, values));
    });
  }

  head(): Promise<Answer<number>> {
    return this.#inTurn(() => headOf(this.#open().sql));
  }

  readRows(table: string): Promise<Answer<string>> {
    return this.#inTurn(() => this.#open().rows.read(table));
  }

  writeRows(change: RowChange): Promise<Answer<null>> {
    return this.#inTurn(async () => {
      await this.#open().rows.write(change);
      return null;
    });
  }

  query(sql: string): Promise<Answer<string>> {
    return this.#inTurn(async () => {
      const rows = await readOnly(this.#open().cluster.pg, sql);
      return JSON.stringify(rows, (_key, value: unknown) =>
        typeof value === 'bigint' ? Number(value) : value,
      );
    });
  }

  close(): Promise<Answer<null>> {
    return this.#inTurn(async () => {
      clearTimeout(this.#idle);
      const { sql, cluster } = this.#open();
      this.#state = null;
      await sql.run('CHECKPOINT');
      await cluster.pg.close();
      return null;
    });
  }

  /** PGlite's connection takes one question at a time, and a transaction must not be interrupted. */
  #inTurn<T>(work: () => Promise<T>): Promise<Answer<T>> {
    const turn = this.#turn.then(work).then(
      (value): Answer<T> => ({ ok: true, value }),
      (error: unknown): Answer<T> => ({ ok: false, failure: failureOf(error) }),
    );
    this.#turn = turn;
    return turn;
  }

  #open(): Open {
    if (this.#state === null) throw new LogError('LogClosed', 'The log is closed.');
    return this.#state;
  }

  #afterAppends(count: number): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.#inTurn(() => this.#open().sql.run('CHECKPOINT')), IDLE_MS);
    this.#idle.unref();
    this.#appendsUntilLook -= count;
    if (this.#appendsUntilLook > 0) return;
    this.#appendsUntilLook = APPENDS_PER_LOOK;
    // In a turn of its own: these appends are acknowledged before it.
    void this.#inTurn(async () => {
      const { sql } = this.#open();
      const [row] = await sql.run(
        `SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), (pg_control_checkpoint()).redo_lsn)`,
      );
      if (Number(row?.[0]) > CHECKPOINT_BYTES) await sql.run('CHECKPOINT');
    });
  }
}

/** Rows of one statement that PostgreSQL itself keeps from writing. */
async function readOnly(pg: PGlite, sql: string): Promise<readonly unknown[]> {
  try {
    return await pg.transaction(async (transaction) => {
      await transaction.exec('SET TRANSACTION READ ONLY');
      return (await transaction.query(sql)).rows;
    });
  } catch (error) {
    if (!(error instanceof messages.DatabaseError)) throw error;
    throw new LogError('InvalidAppend', `PostgreSQL refused the query: ${error.message}.`, { cause: error });
  }
}

/** The rows of a log that is only read live in memory: those on disk may have another shape in the newer version. */
async function openRows(
  sql: PgliteSession,
  tables: readonly TableSpec[],
  access: Access,
): Promise<{ readonly rows: Rows; readonly notices: readonly string[] }> {
  if (access === 'read-only') {
    const memory = new MemoryRows(tables, () => undefined);
    const read = async (table: string) => JSON.stringify(await memory.read(table));
    return { rows: { read, write: (change) => memory.write(change) }, notices: [] };
  }
  const notices = await sql.transaction((inside) => declareTables(inside, tables));
  const stored = new SqlRows(tables);
  return {
    rows: { read: (table) => stored.read(sql, table), write: (change) => stored.write(sql, change) },
    notices,
  };
}

async function headOf(sql: Pick<SqlSession, 'run'>): Promise<number> {
  const [row] = await sql.run('SELECT position FROM log_head');
  return Number(row?.[0]);
}
