import type { Command } from 'commander';
import type { EventLog } from '@retrace/event-log';
import { inColumns } from '../columns.ts';
import { directorySize } from '../directory-size.ts';
import { withProgress } from '../progress.ts';
import { addLogCommand, onLog, placeOf, type Run, type SharedOptions } from '../run.ts';
import { logDirectoryOf } from '../user-data-directory.ts';

/** What a log holds, counted. */
export interface LogStats {
  /** The newest position: the number of events. */
  readonly head: number;
  readonly durability: EventLog['durability'];
  readonly streams: number;
  /** What the log takes on the disk; null for one on a server. */
  readonly bytes: number | null;
  readonly byType: Readonly<Record<string, number>>;
  readonly byActor: Readonly<Record<string, number>>;
  /** By the day of recording, in UTC. */
  readonly byDay: Readonly<Record<string, number>>;
}

/** `retrace log stats`: what the log holds and what it takes. */
export function addLogStats(log: Command, { output, signal }: Run): void {
  addLogCommand(
    log,
    'stats',
    'how many events, of what kind, by whom and when, and what they take on the disk',
  ).action(async (options: SharedOptions) => {
    await onLog(options, async (opened) => {
      const counts = await countEvents(opened, signal);
      const place = placeOf(options);
      const bytes =
        place.kind === 'server' ? null : await directorySize(logDirectoryOf(place.userDataDirectory));
      const stats: LogStats = { ...counts, bytes };
      await output.lines(options.json ? JSON.stringify(stats) : page(stats));
    });
  });
}

async function countEvents(log: EventLog, signal: AbortSignal): Promise<Omit<LogStats, 'bytes'>> {
  const head = await log.head();
  const streams = new Set<string>();
  const [types, actors, days] = [
    new Map<string, number>(),
    new Map<string, number>(),
    new Map<string, number>(),
  ];
  const count = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  await withProgress('Counting', async (onProgress) => {
    for await (const records of log.read()) {
      signal.throwIfAborted();
      for (const { stream, type, actor, recordedAt } of records) {
        streams.add(stream);
        count(types, type);
        count(actors, actor);
        count(days, recordedAt.slice(0, 10));
      }
      onProgress(records.at(-1)?.position ?? 0, head);
    }
  });
  return {
    head,
    durability: log.durability,
    streams: streams.size,
    byType: mostFirst(types),
    byActor: mostFirst(actors),
    byDay: Object.fromEntries([...days].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function mostFirst(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
}

function page(stats: LogStats): string {
  const section = (title: string, counts: Readonly<Record<string, number>>) => [
    ['', ''],
    [title, ''],
    ...Object.entries(counts).map(([name, count]) => [`  ${name}`, String(count)]),
  ];
  return inColumns(
    [
      ['events', String(stats.head)],
      ['streams', String(stats.streams)],
      ...(stats.bytes === null ? [] : [['on the disk', `${(stats.bytes / 1e6).toFixed(1)} MB`]]),
      ['durability', stats.durability],
      ...section('by type', stats.byType),
      ...section('by actor', stats.byActor),
      ...section('by day (UTC)', stats.byDay),
    ],
    new Set([1]),
  );
}
