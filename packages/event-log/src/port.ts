import type { Observable } from 'rxjs';

/** Any JSON value; what events and rows are made of. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = Readonly<Record<string, Json>>;

/**
 * How far an acknowledged append has come.
 * `memory`: it ends with the process. `process`: it survives a killed process. `power`: it survives a power cut.
 */
export type Durability = 'memory' | 'process' | 'power';

/** What may be done with an open log. One that a newer version wrote is only read. */
export type Access = 'read-write' | 'read-only';

/** What the writer believes of a stream. The log refuses an append whose belief is wrong, in the same transaction. */
export type Expectation =
  | { readonly kind: 'no-stream' }
  | { readonly kind: 'stream-exists' }
  /** Exactly this version: the number of the stream's newest event. */
  | { readonly kind: 'exact'; readonly version: number }
  | { readonly kind: 'any' };

export interface NewEvent {
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: JsonObject;
}

export interface StreamWrite {
  readonly stream: string;
  readonly expectation: Expectation;
  readonly events: readonly NewEvent[];
}

/** One command's events, for one or more streams: all of them are appended, or none. */
export interface Append {
  /** Idempotency key: a UUID. A repetition with the same content gets the first receipt, with other content an `IdempotencyConflict`. */
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly actor: string;
  /** ISO 8601, UTC, with milliseconds. Comes from the writer: the log has no clock of its own. */
  readonly recordedAt: string;
  readonly appVersion: string;
  /** The correlation id of the action that this append takes back, or null. */
  readonly undoes: string | null;
  /** At least one write, each of at least one event, no stream twice. */
  readonly writes: readonly StreamWrite[];
}

/** An event as the log holds it. */
export interface EventRecord extends NewEvent {
  /** Dense global number from 1: commit order is read order. */
  readonly position: number;
  /** UUIDv7. */
  readonly eventId: string;
  readonly stream: string;
  /** Dense number in the stream, from 1. */
  readonly version: number;
  readonly recordedAt: string;
  readonly actor: string;
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly appVersion: string;
  readonly undoes: string | null;
}

export interface Receipt {
  /** The appended events, whole, in order of position. Positions of one append are consecutive. */
  readonly events: readonly EventRecord[];
  readonly durability: Durability;
  /** True when the command id was known and nothing was appended now. */
  readonly repeated: boolean;
}

export interface ReadOptions {
  /** `forward` from the oldest (the default) or `backward` from the newest. */
  readonly direction?: 'forward' | 'backward';
  /** Only positions greater than this. */
  readonly after?: number;
  /** Only positions less than this. */
  readonly before?: number;
  readonly stream?: string;
  readonly types?: readonly string[];
  readonly actors?: readonly string[];
  /** Only events recorded at this time or later; ISO 8601, UTC, with milliseconds. */
  readonly recordedFrom?: string;
  /** Only events recorded earlier than this. Times come from writers: positions, not times, are the order of the log. */
  readonly recordedBefore?: string;
  readonly limit?: number;
}

/** A place in the log's chain of hashes: the hash stands for every event up to the position. 32 bytes in hex. */
export interface ChainLink {
  readonly position: number;
  readonly hash: string;
}

/** What checking a stretch of events found: where it ends and how many of them are redacted, or the first that is not as written. */
export type ChainCheck =
  | { readonly kind: 'whole'; readonly link: ChainLink; readonly redacted: number }
  | { readonly kind: 'broken'; readonly position: number; readonly reason: string };

/** What became of the lines of an export. Unless they were imported, nothing was. */
export type LinesImported =
  | { readonly kind: 'imported'; readonly link: ChainLink }
  | { readonly kind: 'broken'; readonly position: number; readonly reason: string }
  /** The log is not where the lines go on from, but here. */
  | { readonly kind: 'elsewhere'; readonly head: ChainLink };

/**
 * The log as a chain of hashes; docs/export-format.md has the arithmetic. These are the steps that exporting, importing and
 * verifying are made of (see `exportLog`, `importLog`, `verifyLog`), each of a few milliseconds.
 */
export interface EventChain {
  /** The newest link; position 0 and 32 zero bytes for an empty log. */
  head(): Promise<ChainLink>;
  /** The lines of an export for at most `limit` events after a position, each with its line feed; empty past the newest. */
  exportLines(after: number, limit: number): Promise<string>;
  /** Whether at most `limit` events after `link` are what was written when they were appended. */
  check(link: ChainLink, limit: number): Promise<ChainCheck>;
  /** Appends lines of an export that go on from `link`, as they are, in one transaction; each is checked first. */
  importLines(link: ChainLink, lines: string): Promise<LinesImported>;
}

/** The erasure of what one event says. */
export interface RedactionRequest {
  readonly position: number;
  /** What stands in place of the data from now on: choose what readers of this type and schema version can read. */
  readonly replacement: JsonObject;
  readonly reason: string;
  /** ISO 8601, UTC, with milliseconds. */
  readonly redactedAt: string;
}

/** A column's type, by its PostgreSQL name. */
export type ColumnType =
  'uuid' | 'text' | 'boolean' | 'bigint' | 'double precision' | 'timestamptz' | 'jsonb';

/** A table of rows derived from the log, declared as data. */
export interface TableSpec {
  readonly name: string;
  readonly columns: Readonly<
    Record<
      string,
      {
        readonly type: ColumnType;
        readonly nullable?: true;
        /** The row goes when the row it names in that table's key goes. */
        readonly cascadesFrom?: string;
      }
    >
  >;
  /** The column that is the primary key. */
  readonly key: string;
  /** What the rows are made by. Another maker's are dropped, so that rows of two versions are never mixed. */
  readonly madeBy?: string;
}

export type Row = Readonly<Record<string, Json>>;

/** A change of the rows of one table. `state` is whatever else the projection needs to go on from `position`. */
export interface RowChange {
  readonly table: string;
  /** What the rows stand for once this is written. Never goes back, except by `clear`. */
  readonly position: number;
  readonly state: Json;
  readonly upserts: readonly Row[];
  /** Keys. */
  readonly deletes: readonly string[];
  /** Empties the table first: a rebuild. */
  readonly clear?: true;
}

/** Rows derived from the log, kept beside it so that a start need not read the whole log. Droppable at any time. */
export interface RowTables {
  /** Rows and position of one moment; position 0 and no rows for a table that was never written. `timestamptz` comes as ISO 8601. */
  read(
    table: string,
  ): Promise<{ readonly position: number; readonly state: Json; readonly rows: readonly Row[] }>;
  /** Rows and position in one transaction. */
  write(change: RowChange): Promise<void>;
}

/** State of a projection, as it was when everything up to `position` was folded. */
export interface Snapshot {
  readonly position: number;
  readonly state: Json;
}

/**
 * Snapshots of projections, kept beside the log so that an earlier moment need not be folded from the first event. Derived:
 * droppable at any time. What was damaged is dropped and never given; whether the state is of one's own projection is the
 * caller's to know.
 */
export interface Snapshots {
  /** Keeps the state of a position from 1 on, in place of what was kept there under the name. */
  save(name: string, position: number, state: Json): Promise<void>;
  /** The newest of those at or before a position, or null. */
  newest(name: string, atOrBefore: number): Promise<Snapshot | null>;
  /** Drops the one at a position, or all of the name. */
  drop(name: string, position?: number): Promise<void>;
}

/** An append-only log of events. Every adapter keeps the contract in `contract/`. */
export interface EventLog {
  readonly durability: Durability;
  readonly access: Access;
  /** Rejects with a `LogError`; then nothing of the append was written. */
  append(append: Append): Promise<Receipt>;
  /** Chunks of records, read as they are asked for: a slow reader holds nothing up but itself. */
  read(options?: ReadOptions): AsyncIterable<readonly EventRecord[]>;
  /** The newest position, 0 for an empty log. */
  head(): Promise<number>;
  /** Each append after it is durable, in order of position, from subscription on. */
  readonly committed$: Observable<readonly EventRecord[]>;
  /** Every record after `after`: first those in the log, then each new one, without a gap or a repetition. */
  follow(after: number): Observable<readonly EventRecord[]>;
  readonly rows: RowTables;
  readonly snapshots: Snapshots;
  readonly chain: EventChain;
  /**
   * Replaces the data of an event for good. The chain still verifies, by the hash of the old data, and says that the event is
   * redacted. An event that was redacted before gets the newer replacement. Snapshots that may hold what it said are dropped; rows
   * that were made of it are not changed.
   * Rejects with `InvalidAppend` for a position that is not there.
   */
  redact(redaction: RedactionRequest): Promise<void>;
  /** Finishes what was asked for, checkpoints, releases the directory. */
  close(): Promise<void>;
}
