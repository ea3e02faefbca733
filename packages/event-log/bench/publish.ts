/** Puts the figures of bench-out/log.json into docs/benchmarks.md, and their chart beside it. */
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem, type as system, release } from 'node:os';
import { join } from 'node:path';
import { format } from 'prettier';
import type { BenchRow } from '../../../scripts/bench/bench-row.ts';
import { root } from '../../../scripts/project.ts';
import { chart } from './chart.ts';

const BEGIN = '<!-- figures: written by packages/event-log/bench/publish.ts -->';
const END = '<!-- end of figures -->';

function machine(): string {
  const gigabytes = Math.round(totalmem() / 1024 ** 3);
  return `${cpus()[0]?.model.trim() ?? 'an unknown processor'}, ${cpus().length} cores, ${gigabytes} GB, ${system()} ${release().split('-')[0] ?? ''}`;
}

function verdict({ value, limit, better }: BenchRow): string {
  if (limit === null || value === null) return '';
  const sign = better === 'lower' ? '≤' : '≥';
  const isKept = better === 'lower' ? value <= limit : value >= limit;
  return `${sign} ${limit}, ${isKept ? 'kept' : '**missed**'}`;
}

function figure({ value, unit }: BenchRow): string {
  if (value === null) return 'not measured';
  const digits = unit === 'events/s' || unit === 'MB' ? 0 : 2;
  return `${value.toLocaleString('en', { maximumFractionDigits: digits })}${unit === 'ratio' ? '' : ` ${unit}`}`;
}

// `npm run bench:log` wrote it.
const rows = JSON.parse(await readFile(join(root, 'bench-out/log.json'), 'utf8')) as BenchRow[];
const versions = Object.entries(rows[0]?.versions ?? {}).map(([name, version]) => `${name} ${version}`);
const table = [
  '| what | figure | limit |',
  '| --- | --- | --- |',
  ...rows.map((row) => `| ${row.id.replaceAll('|', '/')} | ${figure(row)} | ${verdict(row)} |`),
];
const figures = [BEGIN, '', `${machine()}. ${versions.join(', ')}.`, '', ...table, '', END].join('\n');

const page = join(root, 'docs/benchmarks.md');
const text = await readFile(page, 'utf8');
const [before, after] = [text.indexOf(BEGIN), text.indexOf(END)];
if (before === -1 || after === -1) throw new Error(`${page} has no place for the figures.`);
const written = text.slice(0, before) + figures + text.slice(after + END.length);
await writeFile(page, await format(written, { parser: 'markdown', printWidth: 110 }));
await writeFile(join(root, 'docs/images/benchmarks.svg'), chart(rows));
