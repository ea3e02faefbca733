import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchRow } from '../../../../scripts/bench/bench-row.ts';
import { measure } from '../measure.ts';
import { logOf } from '../million-log.ts';
import { inFreshDirectory } from '../places.ts';
import type { Moving } from '../tasks/moving.ts';
import type { Part } from './part.ts';

const EVENTS = 1_000_000;

/** What exporting and importing a large log take. Once each: what counts is whether memory grows with the log, and it is a long way. */
export const exportPart: Part = async (bench) => {
  const directory = await logOf(EVENTS);
  return await inFreshDirectory(async (scratch) => {
    const file = join(scratch, 'export.jsonl');
    const moved = {
      export: await measure('exportToFile', directory, file),
      import: await measure('importFromFile', join(scratch, 'imported'), file),
    };
    if (moved.import.events !== EVENTS) throw new Error(`${moved.import.events} events were imported.`);
    bench.say(`the export has ${Math.round((await stat(file)).size / 1e6)} MB`);
    return Object.entries(moved).flatMap(([name, moving]) => rowsOf(name, moving, bench.versions));
  });
};

function rowsOf(name: string, { ms, moreMb }: Moving, versions: BenchRow['versions']): BenchRow[] {
  return [
    {
      id: `${name} of 1,000,000 events, resident memory beyond that of an open log, at the most`,
      value: moreMb,
      limit: 60,
      better: 'lower',
      unit: 'MB',
      versions,
    },
    {
      id: `${name} of 1,000,000 events`,
      value: EVENTS / (ms / 1000),
      limit: null,
      better: 'higher',
      unit: 'events/s',
      versions,
    },
  ];
}
