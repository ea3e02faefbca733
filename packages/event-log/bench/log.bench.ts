import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchRow } from '../../../scripts/bench/bench-row.ts';
import { buildChild } from './measure.ts';
import { appendPart } from './parts/append.ts';
import { exportPart } from './parts/export.ts';
import { flightPart } from './parts/flight.ts';
import { openPart } from './parts/open.ts';
import type { Bench, Part } from './parts/part.ts';
import { readPart } from './parts/read.ts';
import { installPeers } from './peers.ts';
import { pgliteVersion } from './pglite-version.ts';
import { BENCH_CACHE } from './places.ts';

/** The parts that can be measured by themselves: each takes a minute or three. */
export const LOG_PARTS = {
  'append-power': appendPart('power'),
  'append-process': appendPart('process'),
  flight: flightPart,
  read: readPart,
  open: openPart,
  export: exportPart,
} as const satisfies Record<string, Part>;
export type LogPart = keyof typeof LOG_PARTS;

/**
 * What the log costs beside others: appends beside raw PGlite, raw better-sqlite3 and emmett; reads, opening, memory.
 * Medians of five runs in turns, each in a process and a directory of its own, on one disk, within one durability.
 *
 * Measures the parts that are wanted, all of them where none is named, and gives the rows of every part that was measured before too.
 */
export async function benchLog(wanted: readonly string[]): Promise<BenchRow[]> {
  // The keys are those of the table.
  const parts = Object.keys(LOG_PARTS) as LogPart[];
  const unknown = wanted.filter((word) => !(word in LOG_PARTS));
  if (unknown.length > 0) {
    throw new Error(`The log's benchmark has no part ${unknown.join(', ')}. It has: ${parts.join(', ')}.`);
  }
  const bench = await prepare();
  const kept = join(BENCH_CACHE, 'rows');
  await mkdir(kept, { recursive: true });
  const rows: BenchRow[] = [];
  for (const part of parts) {
    const file = join(kept, `${part}.json`);
    if (wanted.length === 0 || wanted.includes(part)) {
      await writeFile(file, JSON.stringify(await LOG_PARTS[part](bench)));
    }
    // It was written here.
    if (existsSync(file)) rows.push(...(JSON.parse(await readFile(file, 'utf8')) as BenchRow[]));
  }
  return rows;
}

async function prepare(): Promise<Bench> {
  const peers = await installPeers();
  await buildChild();
  const versions = {
    node: process.versions.node,
    pglite: await pgliteVersion(),
    ...Object.fromEntries(
      Object.values(peers).flatMap((peer) => (peer.installed ? Object.entries(peer.versions) : [])),
    ),
  };
  return { peers, versions, say: (sentence) => console.log(`log: … ${sentence}`) };
}
