import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { CLUSTER_NAME } from '../../src/pglite/cluster-name.ts';
import { startCluster } from '../../src/pglite/cluster.ts';
import { PgliteSession } from '../../src/pglite/pglite-session.ts';
import { chunkOf, isoInstant, readStatement, recordsFrom } from '../../src/pglite/read-statement.ts';
import type { EventRecord } from '../../src/port.ts';
import { openLog } from '../subjects/retrace.ts';

/** Events that are read and folded. */
export const FOLDED = 100_000;

export interface Folding {
  readonly ms: number;
  /** What the fold came to: the same for every way of reading. */
  readonly sum: string;
}

/** What is made of the events: how many each stream has, and where it was last. */
class Fold {
  readonly #streams = new Map<unknown, { events: number; url: unknown }>();
  #letters = 0;

  add(stream: unknown, data: unknown): void {
    const { url, title } = data as { readonly url: string; readonly title: string };
    const state = this.#streams.get(stream);
    if (state === undefined) this.#streams.set(stream, { events: 1, url });
    else {
      state.events += 1;
      state.url = url;
    }
    this.#letters += title.length;
  }

  get sum(): string {
    return `${this.#streams.size} streams, ${this.#letters} letters`;
  }
}

/** Reads the first events of the log in a directory with our own `read` and folds them. */
export async function foldRetrace(directory: string): Promise<Folding> {
  const log = await openLog(directory);
  const fold = new Fold();
  const begun = performance.now();
  for await (const chunk of log.read({ limit: FOLDED })) {
    for (const { stream, data } of chunk) fold.add(stream, data);
  }
  const ms = performance.now() - begun;
  await log.close();
  return { ms, sum: fold.sum };
}

const COLUMNS = `position, event_id, stream, version, type, schema_version, data, recorded_at, actor, command_id,
  correlation_id, causation_id, app_version, undoes`;

type Row = readonly (string | undefined)[];

/**
 * Ways to get the same rows out of PGlite in the thread that folds them, with nothing of ours between. Each makes whole records;
 * the fastest is what we are compared with.
 */
export const RAW_READS = {
  'rows of PGlite.query': async (pg, fold) => {
    for (let after = 0; after < FOLDED; after += 1000) {
      const { rows } = await pg.query<{ stream: string; data: unknown }>(
        `SELECT ${COLUMNS} FROM events WHERE position > $1 ORDER BY position LIMIT 1000`,
        [after],
      );
      for (const { stream, data } of rows) fold.add(stream, data);
    }
  },
  'lines of COPY': async (pg, fold) => {
    for (let after = 0; after < FOLDED; after += 1000) {
      const { blob } = await pg.query(
        `COPY (SELECT ${COLUMNS} FROM events WHERE position > ${after} ORDER BY position LIMIT 1000) TO '/dev/blob'`,
      );
      const lines = (await blob?.text())?.split('\n') ?? [];
      for (const line of lines.slice(0, -1)) {
        const { stream, data } = recordOfLine(line.split('\t'));
        fold.add(stream, data);
      }
    }
  },
  'JSON arrays of columns': async (pg, fold) => {
    const session = new PgliteSession(pg);
    for (let after = 0; after < FOLDED; after += 500) {
      const { sql, values } = readStatement({ after, limit: 500 });
      for (const { stream, data } of recordsFrom(chunkOf(await session.run(sql, values)).records)) {
        fold.add(stream, data);
      }
    }
  },
} as const satisfies Record<string, (pg: PGlite, fold: Fold) => Promise<void>>;
export type RawRead = keyof typeof RAW_READS;

/** A line of COPY's text format. No text in the log that is measured needs more unescaping than this. */
function recordOfLine(line: Row): EventRecord {
  const text = (index: number): string => (line[index] ?? '').replaceAll('\\\\', '\\');
  const nullable = (index: number): string | null => (line[index] === '\\N' ? null : text(index));
  return {
    position: Number(line[0]),
    eventId: text(1),
    stream: text(2),
    version: Number(line[3]),
    type: text(4),
    schemaVersion: Number(line[5]),
    data: JSON.parse(text(6)) as EventRecord['data'],
    recordedAt: isoInstant(text(7)),
    actor: text(8),
    commandId: text(9),
    correlationId: text(10),
    causationId: nullable(11),
    appVersion: text(12),
    undoes: nullable(13),
  };
}

/** Reads the same events from the same cluster with PGlite alone. */
export async function foldRaw(directory: string, way: RawRead): Promise<Folding> {
  const { pg } = await startCluster({
    dataDirectory: join(directory, CLUSTER_NAME),
    durability: 'power',
  });
  const fold = new Fold();
  const begun = performance.now();
  await RAW_READS[way](pg, fold);
  const ms = performance.now() - begun;
  await pg.close();
  return { ms, sum: fold.sum };
}
