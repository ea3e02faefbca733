import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { executable, fixturePath, launchFixture, soon, startSite } from './launch.ts';

let userData: string;

beforeEach(async () => {
  userData = await mkdtemp(join(tmpdir(), 'lifecycle-'));
});

afterEach(async () => {
  await rm(userData, { recursive: true, force: true });
});

/** The Chromium processes, helpers included, that belong to this test's app. */
function chromiums(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return command.includes(userData) && command.includes('remote-debugging-pipe');
      } catch {
        // It ended while it was looked at.
        return false;
      }
    })
    .map(Number);
}

const untilGone = () =>
  soon(
    () => Promise.resolve(chromiums()),
    (pids) => pids.length === 0,
  );

function start(name: string, ...switches: string[]): ChildProcess {
  return spawn(executable, [
    fixturePath(name),
    '--headless',
    '--no-sandbox',
    `--user-data-dir=${userData}`,
    ...switches,
  ]);
}

async function ended(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

describe('quitting', () => {
  it('tells its events in Electron’s order and ends when the last window has closed', async () => {
    const { code, output } = await ended(start('quitting'));
    expect(output.trim().split('\n')).toEqual([
      'will-finish-launching',
      'ready',
      'before-quit refused',
      'before-quit',
      'close refused',
      'before-quit',
      'close',
      'closed',
      'will-quit',
      'quit 0',
    ]);
    expect(code).toBe(0);
    expect(await untilGone()).toEqual([]);
  });

  it('happens by itself when nobody listens for window-all-closed', async () => {
    const { electron } = await launchFixture('window', userData);
    const gone = once(electron.process(), 'exit');
    await electron.firstWindow();
    await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    expect(await gone).toEqual([0, null]);
    expect(await untilGone()).toEqual([]);
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    '%s leaves no Chromium behind, those of partitions neither',
    async (signal) => {
      const { electron } = await launchFixture('window', userData);
      await electron.firstWindow();
      await electron.evaluate(async ({ WebContentsView }) => {
        const view = new WebContentsView({ webPreferences: { partition: 'persist:left' } });
        await view.webContents.loadURL('data:text/html,left');
      });
      expect(chromiums().length).toBeGreaterThan(1);
      const gone = once(electron.process(), 'exit');
      electron.process().kill(signal);
      await gone;
      expect(await untilGone()).toEqual([]);
    },
  );
});

describe('the single instance lock', () => {
  it('is one for each userData, tells the first of the second, and is free again after a kill', async () => {
    const first = await launchFixture('window', userData);
    const asked = await first.electron.evaluate(({ app }) => {
      app.on('second-instance', (_event, argv, workingDirectory, data) => {
        Object.assign(globalThis, { second: { last: argv.at(-1), workingDirectory, data } });
      });
      return app.requestSingleInstanceLock();
    });
    expect(asked).toBe(true);

    const second = await launchFixture('window', userData);
    expect(
      await second.electron.evaluate(({ app }) => app.requestSingleInstanceLock({ from: 'second' })),
    ).toBe(false);
    const told = await soon(
      () => first.electron.evaluate(() => (globalThis as { second?: unknown }).second),
      (found) => found !== undefined,
    );
    expect(told).toEqual({
      last: `--user-data-dir=${userData}`,
      workingDirectory: process.cwd(),
      data: { from: 'second' },
    });
    const gone = once(first.electron.process(), 'exit');
    first.electron.process().kill('SIGKILL');
    await gone;
    expect(await second.electron.evaluate(({ app }) => app.requestSingleInstanceLock())).toBe(true);
    await second.electron.close();
  });
});

describe('partitions', () => {
  it('leave no process and no web contents after many views have come and gone', async () => {
    const { electron } = await launchFixture('window', userData);
    await electron.firstWindow();
    const before = chromiums().length;
    const contents = await electron.evaluate(async ({ BrowserWindow, webContents, WebContentsView }) => {
      const [window] = BrowserWindow.getAllWindows();
      for (let cycle = 0; cycle < 12; cycle += 1) {
        const view = new WebContentsView({ webPreferences: { partition: `persist:cycle-${cycle % 3}` } });
        window?.contentView.addChildView(view);
        await view.webContents.loadURL('data:text/html,cycle');
        const destroyed = new Promise<void>(
          (resolve) => void view.webContents.once('destroyed', () => resolve()),
        );
        window?.contentView.removeChildView(view);
        view.webContents.close();
        await destroyed;
      }
      return webContents.getAllWebContents().length;
    });
    expect(contents).toBe(1);
    const after = await soon(
      () => Promise.resolve(chromiums().length),
      (count) => count <= before,
    );
    expect(after).toBeLessThanOrEqual(before);
    await electron.close();
  });

  it('keep cookies and storage for the next start, apart from each other', async () => {
    const site = await startSite((_path, request) => `<title>${request.headers.cookie ?? 'nobody'}</title>`);
    const visit = async (partition: string, code: string): Promise<unknown[]> => {
      const { electron } = await launchFixture('window', userData);
      await electron.firstWindow();
      const seen = await electron.evaluate(
        async ({ WebContentsView }, [name, url, script]) => {
          const view = new WebContentsView({ webPreferences: { partition: name } });
          await view.webContents.loadURL(url);
          return [view.webContents.getTitle(), await view.webContents.executeJavaScript(script)] as unknown[];
        },
        [partition, site.url, code] as const,
      );
      await electron.close();
      return seen;
    };
    await visit('persist:anna', 'document.cookie = "who=anna; max-age=9999"; localStorage.who = "anna"');
    expect(await visit('persist:anna', 'localStorage.who')).toEqual(['who=anna', 'anna']);
    expect(await visit('persist:ben', 'localStorage.who ?? null')).toEqual(['nobody', null]);
    await site.close();
  });
});

describe('a page that crashes', () => {
  it('is told, and can be loaded again', async () => {
    const { electron } = await launchFixture('window', userData);
    const page = await electron.firstWindow();
    await page.waitForSelector('h1');
    const seen = await electron.evaluate(async ({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      if (!window) return undefined;
      const gone = new Promise<unknown>((resolve) => {
        window.webContents.once('render-process-gone', (_event, { reason }) => resolve(reason));
      });
      // The load itself fails with the crash.
      window.loadURL('chrome://crash').catch(() => undefined);
      const reason = await gone;
      const crashed = window.webContents.isCrashed();
      await window.loadURL('app://retrace/again');
      return {
        reason,
        crashed,
        crashedNow: window.webContents.isCrashed(),
        url: window.webContents.getURL(),
      };
    });
    expect(seen).toEqual({ reason: 'crashed', crashed: true, crashedNow: false, url: 'app://retrace/again' });
    await electron.close();
  });
});

describe('a page that asks before it is left', () => {
  it('keeps its window and takes the quit back, until the app lets it go', async () => {
    const { electron } = await launchFixture('window', userData);
    const page = await electron.firstWindow();
    await page.waitForSelector('h1');
    // A test driver would answer the page's question itself; a listener that does nothing leaves it to the app.
    page.on('dialog', () => undefined);
    await page.evaluate(() => addEventListener('beforeunload', (event) => event.preventDefault()));
    // Chromium asks only for pages that a person has touched.
    await page.mouse.click(10, 10);
    const open = await electron.evaluate(async ({ app, BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      const asked = new Promise<void>(
        (resolve) => void window?.webContents.once('will-prevent-unload', () => resolve()),
      );
      app.quit();
      await asked;
      return BrowserWindow.getAllWindows().length;
    });
    expect(open).toBe(1);
    const gone = once(electron.process(), 'exit');
    await electron.evaluate(({ app, BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.on('will-prevent-unload', (event) =>
        event.preventDefault(),
      );
      app.quit();
    });
    expect(await gone).toEqual([0, null]);
  });
});
