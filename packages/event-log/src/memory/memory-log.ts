/* eslint-disable @typescript-eslint/require-await -- nothing here waits, but a refusal is a rejection as in every adapter */
import { Subject, type Observable } from 'rxjs';
import { uuidv7 } from 'uuidv7';
import { checkAppend, checkReadOptions, checkRedaction } from '../append-check.ts';
import { recordOf, type ChainedEvent } from '../chain/chained-event.ts';
import { contentHash } from '../content-hash.ts';
import { LogError } from '../errors.ts';
import { expectationFailed, isMet } from '../expectation.ts';
import { follow } from '../follow.ts';
import type {
  Append,
  EventLog,
  EventRecord,
  JsonObject,
  ReadOptions,
  Receipt,
  Snapshots,
  RedactionRequest,
  TableSpec,
} from '../port.ts';
import { CHUNK_LENGTH, selects } from '../read-chunks.ts';
import { MemoryChain } from './memory-chain.ts';
import { snapshotsOver } from '../snapshots.ts';
import { MemorySnapshots } from './memory-snapshots.ts';
import { MemoryRows } from './memory-rows.ts';

/** Where a command's events are: positions after `after`, up to `upTo`. */
interface Done {
  readonly hash: string;
  readonly after: number;
  upTo: number;
}

/** A log that ends with the process. It keeps the whole contract of {@link EventLog}; what it promises of durability is `memory`. */
export function createMemoryLog(options: { readonly tables?: readonly TableSpec[] } = {}): EventLog {
  return new MemoryLog(options.tables ?? []);
}

class MemoryLog implements EventLog {
  readonly durability = 'memory';
  readonly access = 'read-write';
  readonly rows: MemoryRows;
  readonly snapshots: Snapshots;
  readonly chain: MemoryChain;
  readonly #snapshots = new MemorySnapshots(() => this.#checkOpen());
  readonly committed$: Observable<readonly EventRecord[]>;
  readonly #committed = new Subject<readonly EventRecord[]>();
  readonly #records: EventRecord[] = [];
  readonly #versions = new Map<string, number>();
  readonly #done = new Map<string, Done>();
  #closed = false;

  constructor(tables: readonly TableSpec[]) {
    this.rows = new MemoryRows(tables, () => this.#checkOpen());
    this.snapshots = snapshotsOver(this.#snapshots);
    this.chain = new MemoryChain(
      () => this.#checkOpen(),
      this.#versions,
      (events) => {
        const records = events.map((event) => this.#enter(event, recordOf(event)));
        if (records.length > 0) this.#committed.next(records);
      },
    );
    this.committed$ = this.#committed.asObservable();
  }

  async append(append: Append): Promise<Receipt> {
    this.#checkOpen();
    checkAppend(append);
    const hash = contentHash(append);
    const done = this.#done.get(append.commandId);
    if (done !== undefined) {
      const events = this.#records.slice(done.after, done.upTo);
      if (done.hash === hash) return { events, durability: this.durability, repeated: true };
      throw new LogError(
        'IdempotencyConflict',
        `The command id ${append.commandId} was used with other content.`,
      );
    }
    for (const write of append.writes) {
      const actual = this.#versions.get(write.stream) ?? 0;
      if (!isMet(write.expectation, actual)) throw expectationFailed(write, actual);
    }
    const events = this.#recordsOf(append);
    for (const [index, record] of events.entries()) {
      const event = { ...record, data: JSON.stringify(record.data), contentHash: index === 0 ? hash : null };
      this.chain.append(event);
      this.#enter(event, record);
    }
    this.#committed.next(events);
    return { events, durability: this.durability, repeated: false };
  }

  async *read(options: ReadOptions = {}): AsyncGenerator<readonly EventRecord[]> {
    checkReadOptions(options);
    const { direction = 'forward', after = 0, before = Infinity } = options;
    const step = direction === 'forward' ? 1 : -1;
    let position = direction === 'forward' ? after + 1 : Math.min(before - 1, this.#records.length);
    let left = options.limit ?? Infinity;
    while (left > 0) {
      this.#checkOpen();
      const chunk: EventRecord[] = [];
      while (chunk.length < Math.min(left, CHUNK_LENGTH) && position > after && position < before) {
        const record = this.#records[position - 1];
        if (record === undefined) break;
        if (selects(options, record)) chunk.push(record);
        position += step;
      }
      if (chunk.length === 0) return;
      left -= chunk.length;
      yield chunk;
    }
  }

  async head(): Promise<number> {
    this.#checkOpen();
    return this.#records.length;
  }

  follow(after: number): Observable<readonly EventRecord[]> {
    return follow(this, after);
  }

  async redact(redaction: RedactionRequest): Promise<void> {
    this.#checkOpen();
    checkRedaction(redaction);
    this.#records[redaction.position - 1] = recordOf(this.chain.redact(redaction));
    this.#snapshots.forgetFrom(redaction.position);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#committed.complete();
  }

  #enter({ contentHash: hash }: Pick<ChainedEvent, 'contentHash'>, record: EventRecord): EventRecord {
    const { position, stream, version, commandId } = record;
    this.#records.push(record);
    this.#versions.set(stream, version);
    if (hash !== null) this.#done.set(commandId, { hash, after: position - 1, upTo: position });
    const done = this.#done.get(commandId);
    if (done !== undefined) done.upTo = position;
    return record;
  }

  #recordsOf(append: Append): EventRecord[] {
    let position = this.#records.length;
    return append.writes.flatMap(({ stream, events }) => {
      let version = this.#versions.get(stream) ?? 0;
      return events.map(({ type, schemaVersion, data }) => ({
        position: ++position,
        eventId: uuidv7(),
        stream,
        version: ++version,
        type,
        schemaVersion,
        // A copy: what the writer does with its own object later does not change the log.
        data: JSON.parse(JSON.stringify(data)) as JsonObject,
        recordedAt: append.recordedAt,
        actor: append.actor,
        commandId: append.commandId,
        correlationId: append.correlationId,
        causationId: append.causationId,
        appVersion: append.appVersion,
        undoes: append.undoes,
      }));
    });
  }

  #checkOpen(): void {
    if (this.#closed) throw new LogError('LogClosed', 'The log is closed.');
  }
}
