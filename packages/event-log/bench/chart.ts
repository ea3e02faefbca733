import type { BenchRow } from '../../../scripts/bench/bench-row.ts';

interface Panel {
  readonly title: string;
  /** The rows whose ids begin so; what follows is the name of who was measured. */
  readonly rows: string;
  readonly note: string;
}

const PANELS: readonly Panel[] = [
  {
    title: 'One append after the other, each on the disk',
    rows: 'sequential append at power, ',
    note: 'milliseconds, less is better',
  },
  {
    title: 'One append after the other, kept through a killed process',
    rows: 'sequential append at process, ',
    note: 'milliseconds, less is better',
  },
  {
    title: '64 appends in flight, each on the disk',
    rows: '64 appends in flight at power, ',
    note: 'events a second, more is better',
  },
  {
    title: 'Reading and folding 100,000 of a million events',
    rows: 'read and fold 100000 events, ',
    note: 'events a second, more is better',
  },
];

const OURS = 'retrace';
const WIDTH = 760;
const NAMES = 250;
const BARS = 400;
const BAR = 18;
const LINE = 26;
const HEAD = 54;

/**
 * The rows of the log's benchmark as a picture that stands on light and on dark pages. Bars begin at 0, and each panel has a scale
 * of its own. A peer that could not be measured, or that failed, is there without a bar.
 */
export function chart(rows: readonly BenchRow[]): string {
  let top = 0;
  const panels = PANELS.map((panel) => {
    const shown = rows.filter(({ id }) => id.startsWith(panel.rows) && !id.endsWith(', p99'));
    const text = drawPanel(panel, shown, top);
    top += HEAD + shown.length * LINE + 14;
    return text;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" width="${WIDTH}" height="${top}" role="img" aria-label="Benchmarks of the event log">
<style>
text { font: 13px system-ui, sans-serif; fill: #24292f } .title { font-weight: 600; font-size: 15px } .note { fill: #57606a }
rect { fill: #afb8c1 } .ours { fill: #0969da } text.ours { fill: #24292f; font-weight: 600 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .note { fill: #8d96a0 } rect { fill: #545d68 } .ours { fill: #58a6ff } text.ours { fill: #e6edf3 }
}
</style>
${panels.join('\n')}
</svg>
`;
}

function drawPanel({ title, rows: prefix, note }: Panel, rows: readonly BenchRow[], top: number): string {
  const greatest = Math.max(...rows.map(({ value }) => value ?? 0));
  const lines = rows.map(({ id, value, unit }, index) => {
    const [name = '', remark] = id.slice(prefix.length).split(/ \((?=.*\)$)/);
    const y = top + HEAD + index * LINE;
    const length = value === null || greatest === 0 ? 0 : (value / greatest) * BARS;
    const said = remark === undefined ? figure(value, unit) : `${figure(value, unit)}, fails`;
    const kind = name === OURS ? ' class="ours"' : '';
    return `<text x="${NAMES - 10}" y="${y + 13}" text-anchor="end"${kind}>${escaped(name)}</text>
<rect x="${NAMES}" y="${y}" width="${length.toFixed(1)}" height="${BAR}" rx="3"${kind}/>
<text x="${(NAMES + length + 8).toFixed(1)}" y="${y + 13}"${kind}>${said}</text>`;
  });
  return `<text x="0" y="${top + 20}" class="title">${escaped(title)}</text>
<text x="0" y="${top + 40}" class="note">${escaped(note)}</text>
${lines.join('\n')}`;
}

function figure(value: number | null, unit: string): string {
  if (value === null) return 'not measured';
  return unit === 'ms' ? `${value.toFixed(2)} ms` : Math.round(value).toLocaleString('en');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
