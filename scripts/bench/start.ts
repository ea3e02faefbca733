import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Retrace } from '../../apps/desktop/e2e/app/retrace.ts';
import { root } from '../project.ts';
import { openBarePage } from './bare-chromium.ts';
import type { BenchRow } from './bench-row.ts';
import { quantile } from './quantile.ts';
import { storeSessions } from './stored-log.ts';

const SESSIONS = 50;
const RUNS = 5;

/** From the start of the application to a list with every session in it, in milliseconds. */
async function startApplication(userData: string): Promise<number> {
  const started = performance.now();
  const retrace = await Retrace.launch({ userData });
  await retrace.window
    .getByRole('tab')
    .nth(SESSIONS - 1)
    .waitFor();
  const took = performance.now() - started;
  await retrace.quit();
  return took;
}

/** From the start of Chromium, on a profile it has seen before, to a page that runs script, in milliseconds. */
async function startChromium(profileDir: string): Promise<number> {
  const started = performance.now();
  const { page, close } = await openBarePage(profileDir, 'about:blank');
  await page.send('Runtime.evaluate', { expression: 'document.readyState' });
  const took = performance.now() - started;
  await close();
  return took;
}

/** Opens a PGlite directory in a process of its own and says how long it took until a query was answered. */
const REOPEN = `
  const started = performance.now();
  const { PGlite } = await import('@electric-sql/pglite');
  const database = await PGlite.create(process.argv[1]);
  await database.query('SELECT 1');
  console.log(performance.now() - started);
  await database.close();
`;

/** From nothing to a first answer of a bare PGlite on a directory of its own, in milliseconds. */
async function reopenPglite(directory: string): Promise<number> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', REOPEN, directory], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error('A bare PGlite did not open.');
  return Number(said);
}

/** The start of the application on stored sessions, beside the bare starts of what it is made of. */
export async function benchStart(versions: Readonly<Record<string, string>>): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'retrace-bench-'));
  try {
    const userData = join(folder, 'data');
    await storeSessions(userData, SESSIONS);
    const [profile, database] = [join(folder, 'profile'), join(folder, 'database')];
    await startChromium(profile);
    await reopenPglite(database);
    const [application, chromium, pglite]: [number[], number[], number[]] = [[], [], []];
    for (let run = 0; run < RUNS; run += 1) {
      application.push(await startApplication(userData));
      chromium.push(await startChromium(profile));
      pglite.push(await reopenPglite(database));
    }
    const bare = quantile(chromium) + quantile(pglite);
    return [
      {
        id: 'start to a list of 50 sessions ÷ (bare Chromium start + bare PGlite reopen)',
        value: quantile(application) / bare,
        limit: 1.4,
        better: 'lower',
        unit: 'ratio',
        versions,
      },
      {
        id: 'start to a list of 50 sessions',
        value: quantile(application),
        limit: null,
        better: 'lower',
        unit: 'ms',
        versions,
      },
      {
        id: 'bare Chromium start',
        value: quantile(chromium),
        limit: null,
        better: 'lower',
        unit: 'ms',
        versions,
      },
      {
        id: 'bare PGlite reopen',
        value: quantile(pglite),
        limit: null,
        better: 'lower',
        unit: 'ms',
        versions,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
