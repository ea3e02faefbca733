import type { EventLog, Json } from '@retrace/event-log';
import { DesktopSchema, SessionIdSchema, SessionRowSchema } from '@retrace/protocol';
import type { Desktop } from '@retrace/protocol';
import type { Observable } from 'rxjs';
import { concatMap, filter, lastValueFrom } from 'rxjs';
import * as v from 'valibot';
import { foldLog } from './fold-log.ts';
import type { Folded, ProjectionStep } from './projection.ts';
import { nothingFolded } from './projection.ts';
import { PROJECTION } from './projection-version.ts';

/** What snapshots are kept under: desktops that share a log each see which session they show themselves. */
function nameFor(desktop: Desktop | undefined): string {
  return desktop === undefined ? 'sessions' : `sessions on ${desktop.id}`;
}

/** Events from one snapshot to the next, unless said otherwise: what a look into the past folds at most. */
export const SNAPSHOT_EVERY = 5_000;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const SnapshotSchema = v.strictObject({
  projection: v.literal(PROJECTION),
  folded: v.strictObject({
    table: v.strictObject({
      position: count,
      activeSessionId: v.nullable(SessionIdSchema),
      desktop: v.exactOptional(DesktopSchema),
      shown: v.exactOptional(v.record(v.string(), SessionIdSchema)),
      sessions: v.record(SessionIdSchema, SessionRowSchema),
    }),
    versions: v.record(v.string(), count),
    unread: count,
  }),
});

type SnapshotLog = Pick<EventLog, 'snapshots'>;

/** Keeps a fold for later looks at its moment or after it. */
export async function saveSnapshot({ snapshots }: SnapshotLog, folded: Folded): Promise<void> {
  const { table, versions, unread } = folded;
  // The table is plain JSON, which its type with branded ids does not say.
  const state = { projection: PROJECTION, folded: { table, versions, unread } } as unknown as Json;
  await snapshots.save(nameFor(table.desktop), table.position, state);
}

/**
 * The newest fold for a desktop that was kept at or before a position, or nothing folded. One that does not fit, or that another
 * projection folded, is dropped and never used.
 */
export async function newestSnapshot(
  { snapshots }: SnapshotLog,
  atOrBefore: number,
  desktop?: Desktop,
): Promise<Folded> {
  const name = nameFor(desktop);
  for (;;) {
    const kept = await snapshots.newest(name, atOrBefore);
    if (kept === null) return nothingFolded(desktop);
    const read = v.safeParse(SnapshotSchema, kept.state);
    if (read.success && read.output.folded.table.position === kept.position) {
      const { folded } = read.output;
      // A desktop's name may have changed since; its id has not.
      return desktop === undefined ? folded : { ...folded, table: { ...folded.table, desktop } };
    }
    await snapshots.drop(name, kept.position);
  }
}

/** Drops those that no desktop of a shared log has made. */
export async function dropSnapshots({ snapshots }: SnapshotLog): Promise<void> {
  await snapshots.drop(nameFor(undefined));
}

/**
 * Everything up to and including `position`, which the log must have, folded from the nearest snapshot. Keeps a snapshot each `every`
 * events on its way, so that the next look at that time is short.
 *
 * Invariant: the result is what folding from the first event gives, whatever snapshots there are.
 */
export async function foldUpTo(
  log: EventLog,
  position: number,
  {
    every = SNAPSHOT_EVERY,
    desktop,
  }: { readonly every?: number | undefined; readonly desktop?: Desktop | undefined } = {},
): Promise<Folded> {
  let folded = await newestSnapshot(log, position, desktop);
  while (folded.table.position < position) {
    const stop = Math.min(position, (Math.floor(folded.table.position / every) + 1) * every);
    folded = await foldLog(log, folded, { before: stop + 1 });
    if (stop % every === 0) await saveSnapshot(log, folded);
  }
  return folded;
}

/**
 * Keeps a snapshot each time that the projection has come past another `every` events, one at a time and behind it. Resolves once
 * the projection has ended and the last snapshot is kept; what could not be kept goes to `onFailure`, and is folded again
 * when it is asked for.
 */
export async function keepSnapshots(
  log: SnapshotLog,
  steps$: Observable<Pick<ProjectionStep, 'folded' | 'from' | 'to'>>,
  every: number,
  onFailure: (error: unknown) => void,
): Promise<void> {
  const kept$ = steps$.pipe(
    filter(({ from, to }) => Math.floor(from / every) < Math.floor(to / every)),
    concatMap(({ folded }) => saveSnapshot(log, folded).catch(onFailure)),
  );
  await lastValueFrom(kept$, { defaultValue: undefined });
}
