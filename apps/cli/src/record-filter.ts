import { InvalidArgumentError, type Command } from 'commander';
import type { EventLog, EventRecord, ReadOptions } from '@retrace/event-log';

/** The options that choose among records. */
export interface FilterOptions {
  readonly stream?: string;
  readonly type?: readonly string[];
  readonly actor?: readonly string[];
  readonly since?: string;
  readonly until?: string;
}

/** Adds the options of {@link FilterOptions} to a command. */
export function addFilterOptions(command: Command): Command {
  return command
    .option('--stream <id>', 'only events of this stream; a session’s stream has the session’s id')
    .option('--type <type>', 'only events of this type; may be said more than once', oneMore)
    .option(
      '--actor <actor>',
      'only what user, page, system, import or undo did; may be said more than once',
      oneMore,
    )
    .option(
      '--since <time>',
      'only events recorded at this time or later, as 2026-11-22 or 2026-11-22T09:00Z',
      instant,
    )
    .option('--until <time>', 'only events recorded before this time', instant);
}

/** The records that the options choose, in chunks. */
export async function* readSelected(
  log: EventLog,
  filter: FilterOptions,
  read: Pick<ReadOptions, 'direction' | 'after' | 'before'> = {},
): AsyncGenerator<readonly EventRecord[]> {
  const { stream, type, actor, since, until } = filter;
  yield* log.read({
    ...read,
    ...(stream !== undefined && { stream }),
    ...(type !== undefined && { types: type }),
    ...(actor !== undefined && { actors: actor }),
    ...(since !== undefined && { recordedFrom: since }),
    ...(until !== undefined && { recordedBefore: until }),
  });
}

/** Whether the options choose a record that comes by another way than {@link readSelected}. Times of one form compare as text. */
export function selects(filter: FilterOptions, record: EventRecord): boolean {
  const { stream, type, actor, since, until } = filter;
  return (
    (stream === undefined || record.stream === stream) &&
    (type === undefined || type.includes(record.type)) &&
    (actor === undefined || actor.includes(record.actor)) &&
    (since === undefined || record.recordedAt >= since) &&
    (until === undefined || record.recordedAt < until)
  );
}

function oneMore(word: string, before: readonly string[] = []): readonly string[] {
  return [...before, word];
}

/** A time as records have it. Where it names no zone it is in UTC, as everything that is printed. */
function instant(text: string): string {
  const zoned = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(text) ? `${text}Z` : text;
  const time = new Date(zoned.replace(' ', 'T'));
  if (Number.isNaN(time.getTime())) {
    throw new InvalidArgumentError(`${text} is not a time such as 2026-11-22T09:00Z.`);
  }
  return time.toISOString();
}

/** A whole number of at least 1, for options that count. */
export function positiveCount(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new InvalidArgumentError(`${text} is not a whole number from 1 on.`);
  }
  return count;
}
