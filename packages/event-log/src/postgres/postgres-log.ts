import { Subject, type Observable } from 'rxjs';
import { checkRedaction } from '../append-check.ts';
import { LogError } from '../errors.ts';
import { follow } from '../follow.ts';
import { AppendQueue } from '../pglite/append-queue.ts';
import { chunkOf, readStatement, recordsFrom } from '../pglite/read-statement.ts';
import type { AppendOutcome, Chunk, ChunkQuery, PackedAppend } from '../pglite/wire.ts';
import type {
  Append,
  ChainLink,
  Durability,
  EventChain,
  EventLog,
  EventRecord,
  LinesImported,
  ReadOptions,
  Receipt,
  RedactionRequest,
  RowTables,
  Snapshots,
  TableSpec,
} from '../port.ts';
import { readInChunks } from '../sql/chunked-read.ts';
import { SqlChain } from '../sql/sql-chain.ts';
import { snapshotsOver } from '../snapshots.ts';
import { SqlSnapshots } from '../sql/sql-snapshots.ts';
import { SqlRows } from '../sql/sql-rows.ts';
import { checkRowChange, checkTables, tableNamed } from '../table-check.ts';
import { appendGroup } from './append-group.ts';
import { durabilityOf } from './durability.ts';
import { openSchema } from './open-schema.ts';
import { ConnectionLost, PostgresSession, type SessionSettings } from './postgres-session.ts';
import { ServerConnection } from './server-connection.ts';
import { toLogError } from './server-faults.ts';
import { Tail } from './tail.ts';

export interface PostgresLogOptions {
  /**
   * `postgres://user:password@host:port/database`, with `?sslmode=verify-full` for TLS, `&sslrootcert=…` for an authority of one's
   * own; what `pg-connection-string` reads, and the `PG…` environment variables for what it leaves out.
   */
  readonly connectionString: string;
  /** The tables of rows that the log keeps; see {@link EventLog.rows}. None by default. */
  readonly tables?: readonly TableSpec[];
  /** The PostgreSQL schema that the log's tables lie in, made when it is not there: `retrace` by default. One log each. */
  readonly schema?: string;
  /** After this long without an answer a connection is ended and made anew, and so long a question waits for one. 10,000 by default. */
  readonly answerLimitMs?: number;
  /** How often the log is asked for news besides notifications, in milliseconds. 2,000 by default. */
  readonly pollMs?: number;
  /** Sentences about what happened by itself: a table that is made anew, a server that was lost or is back. */
  readonly onNotice?: (notice: string) => void;
}

/** PostgreSQL cuts longer names. */
const SCHEMA_NAME = /^[a-z_][a-z0-9_]{0,62}$/;

/**
 * Opens the log on a PostgreSQL server, 15 or later. Any number of processes may have it open at once: each appends and follows,
 * and all see one order. The schema is made on first use.
 *
 * Rejects with a `LogError`: `LogUnreachable`, `LogIncompatible`, `LogNotWritable` (the user may not make the schema), or
 * `InvalidAppend` for malformed tables or a malformed name of a schema.
 */
export async function openPostgresLog(options: PostgresLogOptions): Promise<EventLog> {
  const { schema = 'retrace', answerLimitMs = 10_000, connectionString } = options;
  checkTables(options.tables ?? []);
  if (!SCHEMA_NAME.test(schema)) {
    throw new LogError('InvalidAppend', `“${schema}” is not a lower-case SQL name for a schema.`);
  }
  return await PostgresEventLog.open(options, { connectionString, schema, answerLimitMs });
}

class PostgresEventLog implements EventLog {
  /** A log of a newer version is refused. */
  readonly access = 'read-write';
  readonly committed$: Observable<readonly EventRecord[]>;
  readonly rows: RowTables;
  readonly snapshots: Snapshots;
  readonly chain: EventChain;
  readonly #committed = new Subject<readonly EventRecord[]>();
  readonly #settings: SessionSettings;
  readonly #appends: ServerConnection;
  /** For everything else: reads, rows, and hearing of what other processes append. */
  readonly #reads: ServerConnection;
  readonly #queue: AppendQueue;
  readonly #tail: Tail;
  readonly #poll: NodeJS.Timeout;
  readonly #onNotice: (notice: string) => void;
  #durability: Durability = 'memory';
  #backend = 0;
  #lost = 0;
  #closing: Promise<void> | null = null;

  private constructor(
    options: PostgresLogOptions,
    settings: SessionSettings,
    sessions: { readonly appends: PostgresSession; readonly reads: PostgresSession },
    head: number,
  ) {
    const { tables = [], pollMs = 2000, onNotice = () => undefined } = options;
    const specs = checkTables(tables);
    this.#settings = settings;
    this.#onNotice = onNotice;
    this.committed$ = this.#committed.asObservable();
    this.#appends = this.#connection(sessions.appends, (session) => this.#prepareAppends(session));
    this.#reads = this.#connection(sessions.reads, (session) => this.#prepareReads(session));
    this.#tail = new Tail(
      head,
      async (after, limit) => recordsFrom((await this.#chunk({ after, limit })).records),
      (append) => this.#committed.next(append),
    );
    this.#queue = new AppendQueue({
      durability: 'power',
      underWay: 1,
      send: (group) => this.#append(group),
      give: (records) => this.#tail.appended(records),
    });
    this.#poll = setInterval(() => this.#lookForNews(), pollMs);
    const rows = new SqlRows(tables);
    this.rows = {
      read: async (table) => {
        this.#checkOpen();
        tableNamed(specs, table);
        const text = await this.#ask((session) => rows.read(session, table));
        // Written from the tables' own rows.
        return JSON.parse(text) as Awaited<ReturnType<RowTables['read']>>;
      },
      write: async (change) => {
        this.#checkOpen();
        checkRowChange(specs, change);
        await this.#ask((session) => rows.write(session, change));
      },
    };
    this.snapshots = snapshotsOver({
      save: (name, position, text) => this.#askSnapshots((kept) => kept.save(name, position, text)),
      newest: (name, atOrBefore) => this.#askSnapshots((kept) => kept.newest(name, atOrBefore)),
      drop: (name, position) => this.#askSnapshots((kept) => kept.drop(name, position)),
    });
    this.chain = {
      head: () => this.#askChain((chain) => chain.head()),
      exportLines: (after, limit) => this.#askChain((chain) => chain.exportLines(after, limit)),
      check: (link, limit) => this.#askChain((chain) => chain.check(link, limit)),
      importLines: (link, lines) => this.#importLines(link, lines),
    };
  }

  static async open(options: PostgresLogOptions, settings: SessionSettings): Promise<PostgresEventLog> {
    const opened: { close(): Promise<void> }[] = [];
    try {
      const appends = await PostgresSession.connect(settings);
      opened.push(appends);
      const notices = await openSchema(appends, settings.schema, options.tables ?? []);
      const reads = await PostgresSession.connect(settings);
      opened.push(reads);
      const log = new PostgresEventLog(options, settings, { appends, reads }, await headOf(reads));
      opened.push(log);
      await log.#prepareAppends(appends);
      await log.#prepareReads(reads);
      for (const notice of notices) log.#onNotice(notice);
      return log;
    } catch (error) {
      // The log first, where it came to be: it would connect again.
      for (const part of opened.reverse()) await part.close();
      throw toOpeningError(error);
    }
  }

  /** Of an append that is acknowledged now: the server may have been started again with other settings. */
  get durability(): Durability {
    return this.#durability;
  }

  async append(append: Append): Promise<Receipt> {
    this.#checkOpen();
    return { ...(await this.#queue.push(append)), durability: this.#durability };
  }

  read(options: ReadOptions = {}): AsyncGenerator<readonly EventRecord[]> {
    return readInChunks(options, (query) => {
      this.#checkOpen();
      return this.#chunk(query);
    });
  }

  async head(): Promise<number> {
    this.#checkOpen();
    return await this.#ask(headOf);
  }

  async redact(redaction: RedactionRequest): Promise<void> {
    checkRedaction(redaction);
    await this.#askChain((chain) => chain.redact(redaction));
  }

  follow(after: number): Observable<readonly EventRecord[]> {
    return follow(
      {
        committed$: this.committed$,
        read: (from) => readInChunks(from ?? {}, (query) => this.#chunkInTheEnd(query)),
      },
      after,
    );
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    clearInterval(this.#poll);
    await this.#queue.drained();
    await Promise.all([this.#appends.close(), this.#reads.close()]);
    this.#committed.complete();
  }

  async #append(group: readonly PackedAppend[]): Promise<readonly AppendOutcome[]> {
    const { schema } = this.#settings;
    let outcomes: readonly AppendOutcome[];
    try {
      outcomes = await this.#appends.use((session) => appendGroup(session, schema, group));
    } catch (error) {
      throw toLogError(error);
    }
    await this.#reachOthers(outcomes);
    return outcomes;
  }

  /** What others have appended before these is given before them. */
  async #reachOthers(outcomes: readonly AppendOutcome[]): Promise<void> {
    const first = outcomes.find((outcome) => outcome.kind === 'appended');
    if (first === undefined) return;
    // Where it cannot be read now, the receipts are none the less true, and the tail goes on when it can.
    await this.#tail.reach(first.base).catch(() => undefined);
  }

  async #askChain<T>(question: (chain: SqlChain) => Promise<T>): Promise<T> {
    this.#checkOpen();
    return await this.#ask((session) => question(new SqlChain(session)));
  }

  async #askSnapshots<T>(question: (snapshots: SqlSnapshots) => Promise<T>): Promise<T> {
    this.#checkOpen();
    return await this.#ask((session) => question(new SqlSnapshots(session)));
  }

  async #importLines(link: ChainLink, lines: string): Promise<LinesImported> {
    this.#checkOpen();
    let outcome: LinesImported;
    try {
      outcome = await this.#appends.use(async (session) => {
        const imported = await new SqlChain(session).importLines(link, lines);
        await session.run(`SELECT pg_notify($1, '')`, [this.#settings.schema]);
        return imported;
      });
    } catch (error) {
      throw toLogError(error);
    }
    if (outcome.kind === 'imported') await this.#tail.reach(outcome.link.position);
    return outcome;
  }

  #chunk(query: ChunkQuery): Promise<Chunk> {
    const { sql, values } = readStatement(query);
    return this.#ask(async (session) => chunkOf(await session.run(sql, values)));
  }

  /** For followers, who are not there to be told of a server that is away: they are given what it has when it is back. */
  async #chunkInTheEnd(query: ChunkQuery): Promise<Chunk> {
    for (;;) {
      try {
        return await this.#chunk(query);
      } catch (error) {
        if (!(error instanceof LogError) || error.code !== 'LogUnreachable') throw error;
      }
    }
  }

  /** Asks what may be asked twice: where the connection is lost it is asked of the next one. */
  async #ask<T>(question: (session: PostgresSession) => Promise<T>): Promise<T> {
    const deadline = performance.now() + this.#settings.answerLimitMs;
    for (;;) {
      try {
        return await this.#reads.use(question);
      } catch (error) {
        if (!(error instanceof ConnectionLost) || performance.now() > deadline) throw toReadingError(error);
      }
    }
  }

  #lookForNews(): void {
    this.#tail.catchUp().catch((error: unknown) => {
      // A server that is away is looked for by the connection, which comes here again when it has found it.
      const expected = error instanceof LogError && EXPECTED.has(error.code);
      if (!expected) this.#onNotice(`What others appended could not be read: ${String(error)}`);
    });
  }

  #connection(
    first: PostgresSession,
    prepare: (session: PostgresSession) => Promise<void>,
  ): ServerConnection {
    return new ServerConnection(first, {
      connect: async () => {
        const session = await PostgresSession.connect(this.#settings);
        await prepare(session);
        return session;
      },
      patienceMs: this.#settings.answerLimitMs,
      onLost: () => {
        if (this.#lost === 0) this.#onNotice('The server of the log was lost. Retrace is looking for it.');
        this.#lost += 1;
      },
      onConnected: () => {
        this.#lost -= 1;
        if (this.#lost === 0) this.#onNotice('The server of the log is back.');
        this.#lookForNews();
      },
    });
  }

  async #prepareAppends(session: PostgresSession): Promise<void> {
    this.#durability = await durabilityOf(session);
    this.#backend = Number((await session.run('SELECT pg_backend_pid()'))[0]?.[0]);
  }

  async #prepareReads(session: PostgresSession): Promise<void> {
    await session.listen(this.#settings.schema, (backend) => {
      if (backend !== this.#backend) this.#lookForNews();
    });
  }

  #checkOpen(): void {
    if (this.#closing !== null) throw new LogError('LogClosed', 'The log is closed.');
  }
}

const EXPECTED: ReadonlySet<string> = new Set(['LogClosed', 'LogTimeout', 'LogUnreachable']);

async function headOf(session: PostgresSession): Promise<number> {
  return Number((await session.run('SELECT position FROM log_head'))[0]?.[0]);
}

/** Nothing was appended, so a connection that keeps being lost is just a server that is not there. */
function toReadingError(error: unknown): LogError {
  if (!(error instanceof ConnectionLost)) return toLogError(error);
  return new LogError('LogUnreachable', `The server of the log does not answer (${error.message}).`, {
    cause: error,
  });
}

function toOpeningError(error: unknown): LogError {
  if (error instanceof LogError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new LogError('LogUnreachable', `The server of the log cannot be used: ${reason}.`, { cause: error });
}
