import type { EventLog, EventRecord } from '@retrace/event-log';
import { LogError } from '@retrace/event-log';
import type { Desktop, Patch, RecordedEvent, SessionTable } from '@retrace/protocol';
import { EMPTY_TABLE } from '@retrace/protocol';
import type { Draft } from 'immer';
import { enablePatches, produceWithPatches } from 'immer';
import type { Observable, OperatorFunction } from 'rxjs';
import { defer, filter, firstValueFrom, retry, scan, share, Subject, takeUntil, tap } from 'rxjs';
import { applyEvent } from './evolve.ts';
import { readEvent } from './stored-events.ts';

enablePatches();

/** All that is folded from the log: the table, and what only writers need. */
export interface Folded {
  readonly table: SessionTable;
  /** The version of each stream, for the expectations of appends. */
  readonly versions: Readonly<Record<string, number>>;
  /** How many records this version of the application could not read. They stay in the log untouched. */
  readonly unread: number;
}

export const NOTHING_FOLDED: Folded = { table: EMPTY_TABLE, versions: {}, unread: 0 };

/** The same for a desktop of a log that is shared. */
export function nothingFolded(desktop: Desktop | undefined): Folded {
  return desktop === undefined ? NOTHING_FOLDED : { ...NOTHING_FOLDED, table: { ...EMPTY_TABLE, desktop } };
}

/** The table after one chunk of the log, and how it came from the table before. */
export interface ProjectionStep {
  readonly folded: Folded;
  /** Lead from the table at `from` to the table at `to`. */
  readonly patches: readonly Patch[];
  readonly from: number;
  readonly to: number;
  /** The events of the chunk, as far as they could be read. */
  readonly events: readonly RecordedEvent[];
}

/** Folds one record into a draft. `event` is what the record says, or null where this version cannot read it. */
export function foldRecord(draft: Draft<Folded>, record: EventRecord, event: RecordedEvent | null): void {
  draft.versions[record.stream] = record.version;
  if (event === null) {
    draft.unread += 1;
    draft.table.position = record.position;
  } else {
    applyEvent(draft.table, event);
  }
}

/** The projection as a fold: one step for each chunk of records, from `seed` on. */
export function projectSessions(seed: Folded): OperatorFunction<readonly EventRecord[], ProjectionStep> {
  return scan((before: ProjectionStep, records: readonly EventRecord[]) => {
    const read = records.map((record) => ({ record, event: readEvent(record) }));
    const [folded, patches] = produceWithPatches(before.folded, (draft) => {
      for (const { record, event } of read) foldRecord(draft, record, event);
    });
    const events = read.flatMap(({ event }) => event ?? []);
    return { folded, patches: tablePatches(patches), from: before.to, to: folded.table.position, events };
  }, standingStill(seed));
}

/** The projection of a log, running. */
export interface SessionProjection {
  /** Each step after it is folded; `current` is up to date by then. */
  readonly steps$: Observable<ProjectionStep>;
  readonly current: () => Folded;
  /** Resolves once everything up to `position` is folded. Rejects with the log's failure, or `LogClosed` when it ends before. */
  reached(position: number): Promise<void>;
  /** Ends `steps$` for everyone. */
  stop(): void;
}

/** How often in a row following the log may fail before the projection gives up. */
const FAILURES = 3;

/**
 * Runs the projection over everything in `log` after `seed`, and what is appended from now on. Where the log fails to answer it
 * goes on from where it stands.
 */
export function createSessionProjection(log: Pick<EventLog, 'follow'>, seed: Folded): SessionProjection {
  let current = seed;
  const stopped = new Subject<void>();
  const steps$ = defer(() => log.follow(current.table.position).pipe(projectSessions(current))).pipe(
    tap((step) => (current = step.folded)),
    retry({ count: FAILURES, resetOnSuccess: true }),
    takeUntil(stopped),
    // The projection runs as long as its owner says, not as long as somebody listens, and it ends once.
    share({ resetOnRefCountZero: false, resetOnComplete: false, resetOnError: false }),
  );
  // A failure reaches everyone who listens or waits; this subscription only keeps the projection going.
  steps$.subscribe({ error: () => undefined });
  return {
    steps$,
    current: () => current,
    reached: async (position) => {
      if (current.table.position >= position) return;
      const step = await firstValueFrom(steps$.pipe(filter(({ to }) => to >= position)), {
        defaultValue: null,
      });
      if (step === null) throw new LogError('LogClosed', 'The log is closed.');
    },
    stop: () => stopped.next(),
  };
}

function standingStill(seed: Folded): ProjectionStep {
  const { position } = seed.table;
  return { folded: seed, patches: [], from: position, to: position, events: [] };
}

/** The patches of the table alone, with the table as their root. */
function tablePatches(patches: readonly { op: Patch['op']; path: (string | number)[]; value?: unknown }[]) {
  return patches
    .filter(({ path }) => path[0] === 'table')
    .map((patch): Patch => ({ ...patch, path: patch.path.slice(1) }));
}
