import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { BenchRow } from '../../../scripts/bench/bench-row.ts';
import { quantile } from '../../../scripts/bench/quantile.ts';
import { findBrowser } from '../src/browser/find-browser.ts';
import { measureFrames } from './frames.ts';
import { measureInvoke } from './invoke.ts';
import { measureMemory } from './memory.ts';
import { measureStarts } from './start.ts';

/** One frame of a display, in milliseconds. */
const frame = 1000 / 60;

/** A page with something in it: text, style and a script. */
const page = `data:text/html,${encodeURIComponent(
  `<title>page</title><style>p { columns: 2 }</style>${'<p>An apple keeps best where it is cool and dark.</p>'.repeat(200)}<script>addEventListener('click', console.log)</script>`,
)}`;

async function versionsHere(): Promise<Readonly<Record<string, string>>> {
  const { stdout } = await promisify(execFile)(findBrowser('headless-shell').executable, ['--version']);
  const manifest = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return {
    node: process.versions.node,
    chromium: stdout.trim(),
    'electron-on-chromium': manifest.version,
  };
}

/** The runtime beside the bare Chromium that it is made of, both in one run. */
export async function benchRuntime(): Promise<BenchRow[]> {
  const versions = await versionsHere();
  const row = (
    id: string,
    value: number | null,
    limit: number | null,
    more: Partial<Pick<BenchRow, 'better' | 'unit'>> = {},
  ): BenchRow => ({ id, value, limit, better: 'lower', unit: 'ratio', ...more, versions });
  const ms = { unit: 'ms' } as const;
  const higher = { better: 'higher' } as const;
  const perSecond = { better: 'higher', unit: 'frames/s' } as const;

  const starts = await measureStarts();
  const invoke = await measureInvoke();
  const frames = await measureFrames();
  const memory = await measureMemory(page);
  return [
    row(
      'start of an empty application to ready-to-show ÷ bare Chromium to first paint',
      quantile(starts.runtime) / quantile(starts.bare),
      1.3,
    ),
    row('start of an empty application to ready-to-show', quantile(starts.runtime), null, ms),
    row('bare Chromium to first paint', quantile(starts.bare), null, ms),
    row(
      'ipcRenderer.invoke ÷ bare Runtime.evaluate, medians',
      quantile(invoke.small) / quantile(invoke.bare),
      2,
    ),
    row('ipcRenderer.invoke, median', quantile(invoke.small), null, ms),
    row('ipcRenderer.invoke with 1 MB both ways, median', quantile(invoke.megabyte), null, ms),
    row('frames of an animated view ÷ bare screencast, one view', frames.one / frames.bareOne, 0.9, higher),
    row('frames of animated views ÷ bare screencasts, two views', frames.two / frames.bareTwo, 0.9, higher),
    row('frames of an animated view, one view', frames.one, null, perSecond),
    row('frames of animated views, two views, the slower one', frames.two, null, perSecond),
    row('input to changed pixel, p95', quantile(frames.latency, 0.95) / frame, 3, { unit: 'frame times' }),
    row('frames of a still page', frames.still, 0, { unit: 'frames/s' }),
    row(
      'memory of a live persistent partition ÷ bare Chromium profile, four of each',
      memory ? memory.runtime / memory.bare : null,
      1.1,
    ),
    row('memory of a live persistent partition', memory?.runtime ?? null, null, { unit: 'MiB' }),
  ];
}
