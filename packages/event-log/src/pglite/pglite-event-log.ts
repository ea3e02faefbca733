import { Subject, type Observable } from 'rxjs';
import { checkRedaction } from '../append-check.ts';
import { recordOf } from '../chain/chained-event.ts';
import { checkLines } from '../chain/check-lines.ts';
import { LogError } from '../errors.ts';
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
import { snapshotsOver } from '../snapshots.ts';
import { readInChunks } from '../sql/chunked-read.ts';
import { checkRowChange, tableNamed } from '../table-check.ts';
import { AppendQueue } from './append-queue.ts';
import type { LogThread, Request } from './log-thread.ts';
import type { OwnerLock } from './owner-lock.ts';
import type { PgliteLogOptions } from './pglite-log.ts';
import { recordsFrom } from './read-statement.ts';
import { ThreadSupervisor } from './thread-supervisor.ts';
import type { LogSettings, Opened } from './wire.ts';

/** What a log on PGlite can do beyond {@link EventLog}. */
export interface PgliteLog extends EventLog {
  /** Rows of one read-only SQL statement, for tests and the command line: `events`, `projections` and the declared tables. */
  query(sql: string): Promise<readonly Row[]>;
}

/** The log in the main thread: asks the worker that has PGlite, for as long as it owns the directory. */
export class PgliteEventLog implements PgliteLog {
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
    this.#queue = new AppendQueue({
      durability: settings.durability,
      // One that the worker runs, and one that waits for it there: neither thread waits for the other.
      underWay: 2,
      send: (group) => this.#supervisor.ask((service) => service.append(group)),
      give: (records) => this.#give(records),
    });
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
