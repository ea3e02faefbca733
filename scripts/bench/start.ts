import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';
import { commandLine } from '../../apps/desktop/e2e/app/retrace.ts';
import { root } from '../project.ts';
import { openBarePage } from './bare-chromium.ts';
import type { BenchRow } from './bench-row.ts';
import { quantile } from './quantile.ts';
import { storeSessions } from './stored-log.ts';

const SESSIONS = 50;
const RUNS = 5;

/** How long the application is left alone before a driver asks when its list was there, in milliseconds: asking costs time, too. */
const LEFT_ALONE = 2_500;

/** From the start of the application's process to a list with every session in it, in milliseconds. */
async function startApplication(userData: string): Promise<number> {
  const { executable, args } = commandLine({ userData });
  const started = Date.now();
  const application = spawn(executable, [...args, '--remote-debugging-port=0'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(application, 'exit');
  const address = await devtoolsAddress(application.stderr);
  await setTimeout(LEFT_ALONE);
  const driver = await chromium.connectOverCDP(address);
  const pages = driver.contexts().flatMap((context) => context.pages());
  const window = await findWindow(pages);
  const shown = await window.evaluate(() => {
    const [mark] = performance.getEntriesByName('sessions-listed');
    const tabs = document.querySelectorAll('[role="tab"]').length;
    return mark === undefined ? null : { at: performance.timeOrigin + mark.startTime, tabs };
  });
  if (shown?.tabs !== SESSIONS)
    throw new Error(`The list has ${shown?.tabs ?? 'not come'}, not ${SESSIONS}.`);
  await (await driver.newBrowserCDPSession()).send('Browser.close');
  await ended;
  return shown.at - started;
}

/** What Chromium, and Electron as well, print of `--remote-debugging-port=0`. */
async function devtoolsAddress(stderr: Readable): Promise<string> {
  for await (const line of createInterface(stderr)) {
    const [, address] = /^DevTools listening on (ws:\S+)/.exec(line) ?? [];
    if (address === undefined) continue;
    // What it says later would otherwise fill the pipe and stop it.
    stderr.resume();
    return address;
  }
  throw new Error('The application ended before it could be reached.');
}

/** The application's own window: the pages of sessions are there as well, and may take their time to answer. */
async function findWindow(pages: readonly Page[]): Promise<Page> {
  const asked = pages.map(async (page) => {
    if (!(await page.evaluate(() => 'electronAPI' in window)))
      throw new Error(`${page.url()} is a session’s.`);
    return page;
  });
  return await Promise.any(asked);
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

/** Opens a PGlite directory in a process of its own and says when a query was answered. */
const REOPEN = `
  const { PGlite } = await import('@electric-sql/pglite');
  const database = await PGlite.create(process.argv[1]);
  await database.query('SELECT 1');
  console.log(Date.now());
  await database.close();
`;

/** From the start of a process to the first answer of a bare PGlite on a directory of its own, in milliseconds. */
async function reopenPglite(directory: string): Promise<number> {
  const started = Date.now();
  const child = spawn(process.execPath, ['--input-type=module', '--eval', REOPEN, directory], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error('A bare PGlite did not open.');
  return Number(said) - started;
}

/**
 * The start of the application on stored sessions, beside the bare starts of what it is made of: each from the start of its
 * process, one after the other in turns; medians.
 */
export async function benchStart(versions: Readonly<Record<string, string>>): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'retrace-bench-'));
  try {
    const userData = join(folder, 'data');
    await storeSessions(userData, SESSIONS);
    const [profile, database] = [join(folder, 'profile'), join(folder, 'database')];
    await startChromium(profile);
    await reopenPglite(database);
    const [application, browser, pglite]: [number[], number[], number[]] = [[], [], []];
    for (let run = 0; run < RUNS; run += 1) {
      application.push(await startApplication(userData));
      browser.push(await startChromium(profile));
      pglite.push(await reopenPglite(database));
    }
    const bare = quantile(browser) + quantile(pglite);
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
        value: quantile(browser),
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
