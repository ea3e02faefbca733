import type { LogErrorCode, OpeningStep } from '../errors.ts';
import type {
  Access,
  ChainCheck,
  ChainLink,
  Durability,
  LinesImported,
  ReadOptions,
  RedactionRequest,
  RowChange,
  TableSpec,
} from '../port.ts';
import type { CompiledPostgres } from './compiled-postgres.ts';

/*
 * What the main thread and the worker say to each other. Plain data only: it is cloned on the way. Failures are answers, because
 * an error that is thrown across loses its code; and JSON travels as text, because a string is cheaper to clone than objects.
 */

export interface LogSettings {
  /** The cluster's own directory, e.g. `…/pg18`. */
  readonly dataDirectory: string;
  /** The packed template of a new cluster. */
  readonly template: string;
  readonly durability: Exclude<Durability, 'memory'>;
  readonly tables: readonly TableSpec[];
}

/** Said by the worker before work that may take long without being stuck, before each step of work that has many, and with 0 after it. */
export interface LongWork {
  readonly mayBeSilentMs: number;
}

export interface Failure {
  readonly code: LogErrorCode;
  readonly message: string;
  /** The step of opening that failed; absent for what failed later. */
  readonly step?: OpeningStep | null;
  /** The `position` of a `LogError`. */
  readonly position?: number;
  /** The worker's PostgreSQL is gone: nothing works until the log is opened again. */
  readonly fatal: boolean;
}

export type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export interface Opened {
  readonly head: number;
  readonly access: Access;
  /** Sentences for the person: what was found and mended while opening. */
  readonly notices: readonly string[];
}

/** An append, taken apart into the arrays that its statement binds. */
export interface PackedAppend {
  readonly commandId: string;
  /** Of the content, in hex. */
  readonly contentHash: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly actor: string;
  readonly recordedAt: string;
  readonly appVersion: string;
  readonly undoes: string | null;
  /** One of each a write. */
  readonly streams: readonly string[];
  /** The version that the stream must have, or one of {@link ANY_VERSION} and {@link SOME_VERSION}. */
  readonly expected: readonly number[];
  /** One of each an event: its write (from 1), its place in the write (from 1), and itself. */
  readonly writes: readonly number[];
  readonly places: readonly number[];
  readonly eventIds: readonly string[];
  readonly types: readonly string[];
  readonly schemaVersions: readonly number[];
  /** JSON text. */
  readonly data: readonly string[];
  /** What the chain takes of each event, in hex; see `digestOf`. */
  readonly digests: readonly string[];
}

export const ANY_VERSION = -1;
export const SOME_VERSION = -2;

export type AppendOutcome =
  /** The position before the first event, and each write's version before it. */
  | { readonly kind: 'appended'; readonly base: number; readonly versions: readonly number[] }
  /** The command id was there with this content: its records as in a {@link Chunk}. */
  | { readonly kind: 'repeated'; readonly records: string }
  /** The command id was there with other content. */
  | { readonly kind: 'conflict' }
  /** An expectation was wrong: each write's version. */
  | { readonly kind: 'refused'; readonly versions: readonly number[] }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** One chunk's worth of a read. */
export interface ChunkQuery extends Omit<ReadOptions, 'limit'> {
  readonly limit: number;
}

/** The records that a read found. */
export interface Chunk {
  readonly length: number;
  /** The position of the last of them. */
  readonly last: number;
  /** Themselves, as text for `recordsFrom`. */
  readonly records: string;
}

/** What the worker tells the main thread unasked. */
export interface LogListener {
  announce(work: LongWork): void;
}

/** The worker's face. */
export interface LogService {
  /** `postgres` spares the worker the compiling. */
  open(settings: LogSettings, postgres?: CompiledPostgres): Promise<Answer<Opened>>;
  /** One transaction; outcomes in the order of the appends. */
  append(group: readonly PackedAppend[]): Promise<Answer<readonly AppendOutcome[]>>;
  read(query: ChunkQuery): Promise<Answer<Chunk>>;
  head(): Promise<Answer<number>>;
  /** `{ position, state, rows }` as JSON text. */
  readRows(table: string): Promise<Answer<string>>;
  writeRows(change: RowChange): Promise<Answer<null>>;
  /** The members of `SnapshotTexts`. */
  saveSnapshot(name: string, position: number, text: string): Promise<Answer<null>>;
  newestSnapshot(
    name: string,
    atOrBefore: number,
  ): Promise<Answer<{ readonly position: number; readonly text: string } | null>>;
  dropSnapshots(name: string, position: number | null): Promise<Answer<null>>;
  /** The members of `EventChain`. */
  chainHead(): Promise<Answer<ChainLink>>;
  exportLines(after: number, limit: number): Promise<Answer<string>>;
  checkChain(link: ChainLink, limit: number): Promise<Answer<ChainCheck>>;
  importLines(link: ChainLink, lines: string): Promise<Answer<LinesImported>>;
  redact(redaction: RedactionRequest): Promise<Answer<null>>;
  /** Rows of a read-only statement as the text of a JSON array. */
  query(sql: string): Promise<Answer<string>>;
  /** Checkpoints and ends PostgreSQL. */
  close(): Promise<Answer<null>>;
}
