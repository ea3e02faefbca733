/**
 * `npm run bench [-- name …]`: measures, writes bench-out/<name>.json and exits 0 whatever the values are. `npm run bench:log -- part …`
 * measures those parts of the log's benchmark again and keeps the figures of the others.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchRow } from './bench/bench-row.ts';
import { ensureBuilt } from './build.ts';
import { ensureChromium } from './chromium.ts';
import { root } from './project.ts';

/** Each is given the words that name no benchmark: the parts that are wanted of it. */
const BENCHMARKS: Readonly<Record<string, (parts: readonly string[]) => Promise<readonly BenchRow[]>>> = {
  log: async (parts) => (await import('../packages/event-log/bench/log.bench.ts')).benchLog(parts),
  app: async () => {
    ensureChromium('tests');
    return (await import('./bench/app.ts')).benchApp();
  },
  runtime: async () => {
    ensureChromium('tests');
    return (await import('../packages/electron-on-chromium/bench/runtime.bench.ts')).benchRuntime();
  },
};

function verdict({ value, limit, better }: BenchRow): string {
  if (limit === null) return '';
  if (value === null) return '(NOT MEASURED)';
  const kept = better === 'lower' ? value <= limit : value >= limit;
  return `(${kept ? 'within' : 'MISSES'} ${better === 'lower' ? '≤' : '≥'} ${limit})`;
}

const words = process.argv.slice(2);
const wanted = words.filter((word) => word in BENCHMARKS);
const parts = words.filter((word) => !(word in BENCHMARKS));
if (parts.length > 0 && !wanted.includes('log')) {
  throw new Error(
    `No benchmark is called ${parts.join(', ')}. There are: ${Object.keys(BENCHMARKS).join(', ')}.`,
  );
}

await ensureBuilt();
await mkdir(join(root, 'bench-out'), { recursive: true });
for (const [name, measure] of Object.entries(BENCHMARKS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const rows = await measure(parts);
  await writeFile(join(root, 'bench-out', `${name}.json`), `${JSON.stringify(rows, null, 2)}\n`);
  for (const row of rows)
    console.log(`${name}: ${row.id} = ${row.value?.toFixed(2) ?? 'none'} ${row.unit} ${verdict(row)}`);
}
