import { messages, type PGlite } from '@electric-sql/pglite';
import { MemoryRows } from '../memory/memory-rows.ts';
import { MemorySnapshots } from '../memory/memory-snapshots.ts';
import type {
  Access,
  ChainCheck,
  ChainLink,
  LinesImported,
  RedactionRequest,
  RowChange,
  TableSpec,
} from '../port.ts';
import { LogError } from '../errors.ts';
import { AcknowledgedMark } from './acknowledged-mark.ts';
import { appendGroup } from './append-group.ts';
import { openCluster } from '../opening/open-cluster.ts';
import type { Cluster } from './cluster.ts';
import type { CompiledPostgres } from './compiled-postgres.ts';
import { failureOf } from './faults.ts';
import { chunkOf, readStatement } from './read-statement.ts';
import { SqlChain } from '../sql/sql-chain.ts';
import { declareTables, SqlRows } from '../sql/sql-rows.ts';
import { declareSnapshots, SqlSnapshots } from '../sql/sql-snapshots.ts';
import type { PgliteSession } from './pglite-session.ts';
import type { SnapshotTexts } from '../snapshots.ts';
import type { SqlSession } from '../sql/sql-session.ts';
import type {
  Answer,
  AppendOutcome,
  Chunk,
  ChunkQuery,
  LogListener,
  LogService,
  LogSettings,
  Opened,
  PackedAppend,
} from './wire.ts';

/** Checkpoint when this much WAL has been written since the last: it is what a start after a crash has to replay. */
const CHECKPOINT_BYTES = 16 * 1024 * 1024;
/** What a checkpoint may take where the disk is slow. */
const CHECKPOINT_LIMIT_MS = 120_000;
/** Appends between two looks at the amount of WAL. */
const APPENDS_PER_LOOK = 256;
/** Checkpoint after this much quiet, so that a kill while idle leaves nothing to replay. */
const IDLE_MS = 30_000;

/** What is kept beside the events and can be made anew from them. */
interface Derived {
  /** `{ position, state, rows }` as JSON text. */
  readonly readRows: (table: string) => Promise<string>;
  /** The change must have been checked. */
  readonly writeRows: (change: RowChange) => Promise<void>;
  readonly snapshots: SnapshotTexts;
}

interface Open {
  readonly cluster: Cluster;
  readonly sql: PgliteSession;
  readonly derived: Derived;
  /** `read-only` where a newer version wrote the log, and nothing may be changed. */
  readonly access: Access;
  /** Null where nothing is promised that could be missed: the log is read only, or not synced. */
  readonly mark: AcknowledgedMark | null;
  readonly chain: SqlChain;
}

/** The log inside the worker: PGlite, asked one thing at a time. */
export class PgliteLogService implements LogService {
  #state: Open | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #appendsUntilLook = APPENDS_PER_LOOK;
  #idle: NodeJS.Timeout | undefined;

  constructor(private readonly listener: LogListener) {}

  open(settings: LogSettings, postgres?: CompiledPostgres): Promise<Answer<Opened>> {
    return this.#inTurn(async () => {
      const { cluster, sql, access, notices } = await openCluster(
        settings,
        (work) => this.listener.announce(work),
        postgres,
      );
      const { derived, notices: dropped } = await openDerived(sql, settings.tables, access);
      const head = await headOf(sql);
      // What is not synced may be gone after a power cut, and that is no damage.
      const isMarked = access === 'read-write' && settings.durability === 'power';
      const mark = isMarked ? new AcknowledgedMark(settings.dataDirectory, head) : null;
      this.#state = { cluster, sql, derived, access, mark, chain: new SqlChain(sql) };
      return { head, access, notices: [...notices, ...dropped] };
    });
  }

  append(group: readonly PackedAppend[]): Promise<Answer<readonly AppendOutcome[]>> {
    return this.#inTurn(async () => {
      const open = this.#openForWriting();
      const outcomes = await appendGroup(open.sql, group);
      open.mark?.advance(newestOf(group, outcomes));
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
    return this.#inTurn(() => this.#open().derived.readRows(table));
  }

  writeRows(change: RowChange): Promise<Answer<null>> {
    return this.#inTurn(async () => {
      await this.#open().derived.writeRows(change);
      return null;
    });
  }

  saveSnapshot(name: string, position: number, text: string): Promise<Answer<null>> {
    return this.#inTurn(async () => {
      await this.#open().derived.snapshots.save(name, position, text);
      return null;
    });
  }

  newestSnapshot(
    name: string,
    atOrBefore: number,
  ): Promise<Answer<{ readonly position: number; readonly text: string } | null>> {
    return this.#inTurn(() => this.#open().derived.snapshots.newest(name, atOrBefore));
  }

  dropSnapshots(name: string, position: number | null): Promise<Answer<null>> {
    return this.#inTurn(async () => {
      await this.#open().derived.snapshots.drop(name, position);
      return null;
    });
  }

  chainHead(): Promise<Answer<ChainLink>> {
    return this.#inTurn(() => this.#open().chain.head());
  }

  exportLines(after: number, limit: number): Promise<Answer<string>> {
    return this.#inTurn(() => this.#open().chain.exportLines(after, limit));
  }

  checkChain(link: ChainLink, limit: number): Promise<Answer<ChainCheck>> {
    return this.#inTurn(() => this.#open().chain.check(link, limit));
  }

  importLines(link: ChainLink, lines: string): Promise<Answer<LinesImported>> {
    return this.#inTurn(async () => {
      const open = this.#openForWriting();
      const outcome = await open.chain.importLines(link, lines);
      if (outcome.kind !== 'imported') return outcome;
      open.mark?.advance(outcome.link.position);
      this.#afterAppends(outcome.link.position - link.position);
      return outcome;
    });
  }

  redact(redaction: RedactionRequest): Promise<Answer<null>> {
    return this.#inTurn(async () => {
      await this.#openForWriting().chain.redact(redaction);
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
      const open = this.#open();
      this.#state = null;
      await this.#checkpoint(open);
      await open.cluster.pg.close();
      open.mark?.close();
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

  #openForWriting(): Open {
    const open = this.#open();
    if (open.access === 'read-write') return open;
    throw new LogError(
      'LogReadOnly',
      'The log was written by a newer version: it can be read, and nothing is saved. Use the newer version.',
    );
  }

  #open(): Open {
    if (this.#state === null) throw new LogError('LogClosed', 'The log is closed.');
    return this.#state;
  }

  async #checkpoint({ sql, mark }: Open): Promise<void> {
    this.listener.announce({ mayBeSilentMs: CHECKPOINT_LIMIT_MS });
    await sql.run('CHECKPOINT');
    mark?.sync();
    this.listener.announce({ mayBeSilentMs: 0 });
  }

  #afterAppends(count: number): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.#inTurn(() => this.#checkpoint(this.#open())), IDLE_MS);
    this.#idle.unref();
    this.#appendsUntilLook -= count;
    if (this.#appendsUntilLook > 0) return;
    this.#appendsUntilLook = APPENDS_PER_LOOK;
    // In a turn of its own: these appends are acknowledged before it.
    void this.#inTurn(async () => {
      const open = this.#open();
      const [row] = await open.sql.run(
        `SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), (pg_control_checkpoint()).redo_lsn)`,
      );
      if (Number(row?.[0]) > CHECKPOINT_BYTES) await this.#checkpoint(open);
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

/** What is derived from a log that is only read lives in memory: on disk it may have another shape in the newer version. */
async function openDerived(
  sql: PgliteSession,
  tables: readonly TableSpec[],
  access: Access,
): Promise<{ readonly derived: Derived; readonly notices: readonly string[] }> {
  if (access === 'read-only') {
    const rows = new MemoryRows(tables, () => undefined);
    const readRows = async (table: string) => JSON.stringify(await rows.read(table));
    const snapshots = new MemorySnapshots(() => undefined);
    return { derived: { readRows, writeRows: (change) => rows.write(change), snapshots }, notices: [] };
  }
  const notices = await sql.transaction(async (inside) => {
    const dropped = await declareTables(inside, tables);
    await declareSnapshots(inside);
    return dropped;
  });
  const rows = new SqlRows(tables);
  return {
    derived: {
      readRows: (table) => rows.read(sql, table),
      writeRows: (change) => rows.write(sql, change),
      snapshots: new SqlSnapshots(sql),
    },
    notices,
  };
}

/** The newest position that a group was appended at; 0 where nothing was. */
function newestOf(group: readonly PackedAppend[], outcomes: readonly AppendOutcome[]): number {
  return outcomes.reduce(
    (newest, outcome, index) =>
      outcome.kind === 'appended'
        ? Math.max(newest, outcome.base + (group[index]?.data.length ?? 0))
        : newest,
    0,
  );
}

async function headOf(sql: Pick<SqlSession, 'run'>): Promise<number> {
  const [row] = await sql.run('SELECT position FROM log_head');
  return Number(row?.[0]);
}
