import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Subject, type Observable } from 'rxjs';
import { checkRedaction } from '../append-check.ts';
import { recordOf } from '../chain/chained-event.ts';
import { checkLines } from '../chain/check-lines.ts';
import { LogError } from '../errors.ts';
import type { LongWork } from '../export/progress.ts';
import { follow } from '../follow.ts';
import type {
  Access,
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
  Row,
  RowTables,
  Snapshots,
  TableSpec,
} from '../port.ts';
import { CHUNK_LENGTH } from '../read-chunks.ts';
import { readInChunks } from '../sql/chunked-read.ts';
import { snapshotsOver } from '../snapshots.ts';
import { importBackup, type Restored } from '../opening/import-backup.ts';
import { openOrRebuild } from '../opening/open-or-rebuild.ts';
import { replaceCluster } from '../opening/replace-cluster.ts';
import { checkRowChange, checkTables, tableNamed } from '../table-check.ts';
import { AppendQueue } from './append-queue.ts';
import { CLUSTER_NAME } from './cluster-name.ts';
import { compiledPostgres } from './compiled-postgres.ts';
import { acquireOwnership, type OwnerLock } from './owner-lock.ts';
import { makeDirectory } from './durable-directory.ts';
import type { LogThread, Request } from './log-thread.ts';
import { ThreadSupervisor } from './thread-supervisor.ts';
import { recordsFrom } from './read-statement.ts';
import type { LogSettings, Opened } from './wire.ts';

export interface PgliteLogOptions {
  /** The log's directory; made when it is not there. The cluster lies in it under a name with PostgreSQL's major, `pg18`. */
  readonly directory: string;
  /** The built worker that `npm run build -w @retrace/event-log` makes, `dist/log-worker.js`, as a `file:` URL or an absolute path. */
  readonly workerUrl: URL | string;
  /** The template of a new cluster that `npm run build -w @retrace/event-log` makes: `dist/template.tar.gz`. */
  readonly template: URL | string;
  /** The tables of rows that the log keeps; see {@link EventLog.rows}. None by default. */
  readonly tables?: readonly TableSpec[];
  /** `power` (the default) syncs the disk before an append is acknowledged; `process` does not. */
  readonly durability?: Exclude<Durability, 'memory'>;
  /**
   * After this long without a sign of life the worker is ended and the log opened again; 4,000 by default. A sign of life is any answer,
   * so what waits its turn is not ended, and checkpoints are known to take long. Each chunk of a read is an answer.
   */
  readonly answerLimitMs?: number;
  /**
   * The folder of the log's backups, see `BackupKeeper`. A log that does not open is kept aside, and rebuilt from the newest
   * backup that verifies; `onNotice` hears what is missing. Without it such a log is refused as `LogDamaged`.
   */
  readonly backups?: string;
  /** Sentences about what happened by itself: a table that is made anew, a log that was opened again. */
  readonly onNotice?: (notice: string) => void;
}

/** What a log on PGlite can do beyond {@link EventLog}. */
export interface PgliteLog extends EventLog {
  /** Rows of one read-only SQL statement, for tests and the command line: `events`, `projections` and the declared tables. */
  query(sql: string): Promise<readonly Row[]>;
}

/**
 * Opens the log in a directory and owns it until `close()`.
 *
 * ```ts
 * const log = await openPgliteLog({
 *   directory: join(userData, 'log'),
 *   workerUrl: new URL('./log-worker.js', import.meta.url),
 *   template: new URL('./template.tar.gz', import.meta.url),
 *   tables: [SESSIONS_TABLE],
 * });
 * ```
 *
 * Rejects with a `LogError`: `LogOwned`, `LogDamaged`, `LogIncompatible`, `LogNotWritable`, or `InvalidAppend` for malformed tables.
 */
export async function openPgliteLog(options: PgliteLogOptions): Promise<PgliteLog> {
  const specs = checkTables(options.tables ?? []);
  // Under way while the directory is taken; the thread that needs it tells of a failure.
  compiledPostgres().catch(() => undefined);
  const { directory, ownership } = await takeDirectory(options.directory);
  const dataDirectory = join(directory, CLUSTER_NAME);
  const settings = settingsOf(options, dataDirectory, [...specs.values()]);
  const open = (): Promise<PgliteEventLog> => PgliteEventLog.open(options, ownership, specs, settings);
  try {
    const { backups } = options;
    if (backups === undefined) return await open();
    return await openOrRebuild({
      dataDirectory,
      backups,
      open,
      openBeside: (beside) =>
        PgliteEventLog.open(options, STAYS_OWNED, new Map(), settingsOf(options, beside)),
      onNotice: (notice) => options.onNotice?.(notice),
    });
  } catch (error) {
    await ownership.release();
    throw error;
  }
}

/** For a log in a directory that its opener goes on owning. */
const STAYS_OWNED: OwnerLock = { release: () => Promise.resolve() };

/**
 * Puts the log that a backup holds in the place of the one in a directory, or where none is. What was there, in whatever state, is kept
 * aside and never changed; see `replaceCluster`. The log is not left open.
 *
 * Rejects with `LogOwned`, `LogNotWritable`, with `ExportDamaged` where the backup is not whole, or with the signal's reason; then
 * what was there is there.
 */
export async function restorePgliteLog(
  options: Pick<PgliteLogOptions, 'directory' | 'workerUrl' | 'template'>,
  backup: string,
  work: LongWork = {},
): Promise<Restored & { readonly keptAside: string | null }> {
  const { directory, ownership } = await takeDirectory(options.directory);
  try {
    const place = join(directory, CLUSTER_NAME);
    const { made, keptAside } = await replaceCluster(place, 'replaced', async (beside) => {
      const log = await PgliteEventLog.open(options, STAYS_OWNED, new Map(), settingsOf(options, beside));
      return await importBackup(log, backup, work);
    });
    return { ...made, keptAside };
  } finally {
    await ownership.release();
  }
}

function settingsOf(
  { template, durability = 'power' }: Pick<PgliteLogOptions, 'template' | 'durability'>,
  dataDirectory: string,
  tables: readonly TableSpec[] = [],
): LogSettings {
  const path = typeof template === 'string' ? template : fileURLToPath(template);
  return { dataDirectory, template: path, durability, tables };
}

async function takeDirectory(path: string): Promise<{ directory: string; ownership: OwnerLock }> {
  try {
    await makeDirectory(path);
    const directory = await realpath(path);
    return { directory, ownership: await acquireOwnership(directory) };
  } catch (error) {
    if (error instanceof LogError) throw error;
    throw new LogError('LogNotWritable', `${path} cannot be written: ${String(error)}`, { cause: error });
  }
}

class PgliteEventLog implements PgliteLog {
  readonly durability: Durability;
  readonly committed$: Observable<readonly EventRecord[]>;
  readonly rows: RowTables;
  readonly snapshots: Snapshots;
  readonly chain: EventChain;
  readonly #committed = new Subject<readonly EventRecord[]>();
  readonly #ownership: OwnerLock;
  readonly #supervisor: ThreadSupervisor;
  readonly #queue: AppendQueue;
  /** The newest position that was given to `committed$`, or was there on opening. */
  #given: number | null = null;
  #access: Access = 'read-write';
  #closing: Promise<void> | null = null;

  private constructor(
    options: PgliteLogOptions,
    ownership: OwnerLock,
    specs: ReadonlyMap<string, TableSpec>,
    settings: LogSettings,
  ) {
    const onNotice = (notice: string): void => options.onNotice?.(notice);
    this.#ownership = ownership;
    this.durability = settings.durability;
    this.committed$ = this.#committed.asObservable();
    this.#supervisor = new ThreadSupervisor({
      workerUrl: options.workerUrl,
      settings,
      answerLimitMs: options.answerLimitMs ?? 4000,
      onNotice,
      onOpened: async (thread, opened) => {
        opened.notices.forEach(onNotice);
        this.#access = opened.access;
        await this.#giveMissed(thread, opened);
      },
    });
    this.#queue = new AppendQueue(
      settings.durability,
      (group) => this.#supervisor.ask((service) => service.append(group)),
      (records) => this.#give(records),
    );
    this.rows = {
      read: async (table) => {
        tableNamed(specs, table);
        const text = await this.#ask((service) => service.readRows(table));
        // The worker writes it from the tables' own rows.
        return JSON.parse(text) as Awaited<ReturnType<RowTables['read']>>;
      },
      write: async (change) => {
        checkRowChange(specs, change);
        await this.#ask((service) => service.writeRows(change));
      },
    };
    this.snapshots = snapshotsOver({
      save: (name, position, text) => this.#ask((service) => service.saveSnapshot(name, position, text)),
      newest: (name, atOrBefore) => this.#ask((service) => service.newestSnapshot(name, atOrBefore)),
      drop: (name, position) => this.#ask((service) => service.dropSnapshots(name, position)),
    });
    this.chain = {
      head: () => this.#ask((service) => service.chainHead()),
      exportLines: (after, limit) => this.#ask((service) => service.exportLines(after, limit)),
      check: (link, limit) => this.#ask((service) => service.checkChain(link, limit)),
      importLines: (link, lines) => this.#importLines(link, lines),
    };
  }

  static async open(
    options: PgliteLogOptions,
    ownership: OwnerLock,
    specs: ReadonlyMap<string, TableSpec>,
    settings: LogSettings,
  ): Promise<PgliteEventLog> {
    const log = new PgliteEventLog(options, ownership, specs, settings);
    await log.#supervisor.start();
    return log;
  }

  get access(): Access {
    return this.#access;
  }

  async append(append: Append): Promise<Receipt> {
    this.#checkOpen();
    return await this.#queue.push(append);
  }

  read(options: ReadOptions = {}): AsyncGenerator<readonly EventRecord[]> {
    return readInChunks(options, (query) => this.#ask((service) => service.read(query)));
  }

  head(): Promise<number> {
    return this.#ask((service) => service.head());
  }

  follow(after: number): Observable<readonly EventRecord[]> {
    return follow(this, after);
  }

  async redact(redaction: RedactionRequest): Promise<void> {
    checkRedaction(redaction);
    await this.#ask((service) => service.redact(redaction));
  }

  async query(sql: string): Promise<readonly Row[]> {
    // The worker writes it from PostgreSQL's rows.
    return JSON.parse(await this.#ask((service) => service.query(sql))) as Row[];
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#queue.drained();
    try {
      await this.#supervisor.stop((service) => service.close());
    } finally {
      await this.#ownership.release();
      this.#committed.complete();
    }
  }

  async #importLines(link: ChainLink, lines: string): Promise<LinesImported> {
    const outcome = await this.#ask((service) => service.importLines(link, lines));
    if (outcome.kind !== 'imported' || lines === '') return outcome;
    if (this.#committed.observed) this.#give(checkLines(link, lines).events.map(recordOf));
    else this.#given = outcome.link.position;
    return outcome;
  }

  async #ask<T>(request: Request<T>): Promise<T> {
    this.#checkOpen();
    return await this.#supervisor.ask(request);
  }

  #checkOpen(): void {
    if (this.#closing !== null) throw new LogError('LogClosed', 'The log is closed.');
  }

  /** What was committed by a worker that was lost before it could say so: `committed$` leaves nothing out. */
  async #giveMissed(thread: Pick<LogThread, 'ask'>, { head }: Opened): Promise<void> {
    this.#given ??= head;
    while (this.#given < head) {
      const query = { after: this.#given, limit: CHUNK_LENGTH };
      const { records } = await thread.ask((service) => service.read(query), 10_000);
      this.#give(recordsFrom(records));
    }
  }

  #give(records: readonly EventRecord[]): void {
    this.#given = records.at(-1)?.position ?? this.#given;
    this.#committed.next(records);
  }
}
