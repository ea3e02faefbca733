/** `npm run bench [name …]`: measures, writes bench-out/<name>.json and exits 0 whatever the values are. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchRow } from '../packages/event-log/bench/append.bench.ts';
import { ensureBuilt } from './build.ts';
import { ensureChromium } from './chromium.ts';
import { root } from './project.ts';

const BENCHMARKS: Readonly<Record<string, () => Promise<readonly BenchRow[]>>> = {
  log: async () => (await import('../packages/event-log/bench/append.bench.ts')).benchLog(),
  app: async () => (await import('./bench/app.ts')).benchApp(),
};

function verdict({ value, limit, better }: BenchRow): string {
  if (limit === null) return '';
  const kept = better === 'lower' ? value <= limit : value >= limit;
  return `(${kept ? 'within' : 'MISSES'} ${better === 'lower' ? '≤' : '≥'} ${limit})`;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in BENCHMARKS));
if (unknown.length > 0)
  throw new Error(
    `No benchmark is called ${unknown.join(', ')}. There are: ${Object.keys(BENCHMARKS).join(', ')}.`,
  );

ensureChromium('tests');
await ensureBuilt();
await mkdir(join(root, 'bench-out'), { recursive: true });
for (const [name, measure] of Object.entries(BENCHMARKS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const rows = await measure();
  await writeFile(join(root, 'bench-out', `${name}.json`), `${JSON.stringify(rows, null, 2)}\n`);
  for (const row of rows)
    console.log(`${name}: ${row.id} = ${row.value.toFixed(2)} ${row.unit} ${verdict(row)}`);
}
