import { Disk, type Random, type Surviving } from '../storage/disk.ts';
import { drawn } from '../storage/drawn.ts';
import type { Image } from '../storage/image.ts';
import { isBoundary, operationsIn, type Operation } from '../storage/operation.ts';
import type { RecordedRun } from './recorded-run.ts';

/** A moment at which the power fails, and what then lies on the disk. */
export interface Cut {
  /** E.g. `opened 4, boundary 9988: some pages survive`. */
  readonly name: string;
  readonly image: Image;
  /** The log had said by then that positions up to this one will stay. */
  readonly acknowledged: number;
}

export interface Choice {
  /** How many moments just before a sync, as many of each phase of the run as of another. */
  readonly syncs: number;
  /** How many other moments. */
  readonly others: number;
  readonly random: Random;
}

/** A moment, by the number of storage boundaries before it. */
interface Moment {
  readonly boundary: number;
  readonly phase: string;
}

/**
 * The cuts of a run. What the disk is sure of changes with a sync only, so the last moment before each, with all that was
 * acknowledged until then, stands for the whole time since the one before. There each cut is made twice: nothing that was not synced
 * survives, and some of it does.
 */
export function* cutsOf(
  { before, record }: Pick<RecordedRun, 'before' | 'record'>,
  choice: Choice,
): Generator<Cut> {
  const chosen = chosenMoments(record, choice);
  const { random } = choice;
  const disk = new Disk(before);
  let acknowledged = 0;
  for (const { operation, boundary, phase } of momentsIn(record)) {
    if (operation?.kind === 'acknowledge') acknowledged = Math.max(acknowledged, operation.head);
    if ((operation === null || isBoundary(operation)) && chosen.has(boundary)) {
      const some: Surviving & { kind: 'some' } = {
        kind: 'some',
        random,
        sector: random() < 0.5 ? 512 : 4096,
      };
      const ways: Readonly<Record<string, Surviving>> = {
        'nothing unsynced survives': { kind: 'nothing' },
        [`some sectors of ${some.sector} survive`]: some,
      };
      for (const [way, surviving] of Object.entries(ways)) {
        const name = `${phase}, boundary ${boundary}: ${way}`;
        yield { name, image: disk.after(surviving), acknowledged };
      }
    }
    if (operation !== null) disk.apply(operation);
  }
}

/** Each operation of a record with the moment before it, and the end. */
function* momentsIn(record: string): Generator<Moment & { readonly operation: Operation | null }> {
  let boundary = 0;
  let phase = '';
  let phases = 0;
  for (const operation of operationsIn(record)) {
    if (operation.kind === 'phase') phase = `${operation.name} ${(phases += 1)}`;
    yield { boundary, phase, operation };
    if (isBoundary(operation)) boundary += 1;
  }
  yield { boundary, phase, operation: null };
}

function chosenMoments(record: string, { syncs, others, random }: Choice): ReadonlySet<number> {
  const beforeSyncs: Moment[] = [];
  const between: Moment[] = [];
  for (const { boundary, phase, operation } of momentsIn(record)) {
    if (operation === null || operation.kind === 'sync') beforeSyncs.push({ boundary, phase });
    else if (isBoundary(operation)) between.push({ boundary, phase });
  }
  const chosen = [...drawn(beforeSyncs, syncs, random), ...drawn(between, others, random)];
  return new Set(chosen.map(({ boundary }) => boundary));
}
