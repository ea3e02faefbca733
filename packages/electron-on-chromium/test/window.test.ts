import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BrowserWindow } from 'electron';
import type { Page } from 'playwright-core';
import { type Fixture, launchFixture, soon } from './launch.ts';

let fixture: Fixture;
let page: Page;

beforeAll(async () => {
  fixture = await launchFixture('window');
  page = await fixture.electron.firstWindow();
  await page.waitForSelector('h1');
});

afterAll(async () => {
  await fixture.close();
});

/** Calls a method of what the fixture's preload exposes, and answers what it gives or how it fails. */
const call = (method: string, ...args: unknown[]): Promise<unknown> =>
  page.evaluate(
    async ([name, given]) => {
      const { api } = window as unknown as { api: Record<string, (...values: unknown[]) => unknown> };
      try {
        return await api[name]?.(...given);
      } catch (error) {
        return error instanceof Error ? `${error.name}: ${error.message}` : error;
      }
    },
    [method, args] as const,
  );

describe('an app under Playwright’s _electron', () => {
  it('is described by its package.json and its switches', async () => {
    const seen = await fixture.electron.evaluate(({ app }) => ({
      name: app.getName(),
      version: app.getVersion(),
      userData: app.getPath('userData'),
      isPackaged: app.isPackaged,
      headless: app.commandLine.hasSwitch('headless'),
      type: process.type,
    }));
    expect(seen).toEqual({
      name: 'Window Fixture',
      version: '1.2.3',
      userData: fixture.userData,
      isPackaged: false,
      headless: true,
      type: 'browser',
    });
  });

  it('gives ES modules and CommonJS the same electron', async () => {
    expect(
      await fixture.electron.evaluate(
        (electron) => electron === (globalThis as { electron?: unknown }).electron,
      ),
    ).toBe(true);
  });

  it('shows its window with title and size, and finds it by its page', async () => {
    const window = await fixture.electron.browserWindow(page);
    expect(
      await window.evaluate((found: BrowserWindow) => [
        found.getTitle(),
        found.getBounds(),
        found.webContents.getURL(),
      ]),
    ).toEqual(['Window', { x: 0, y: 0, width: 900, height: 700 }, 'app://retrace/index.html']);
    expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([900, 700]);
  });

  it('names what is not there', async () => {
    const messages = await fixture.electron.evaluate(({ app, BrowserWindow, Tray, webContents }) => {
      const message = (use: () => unknown) => {
        try {
          use();
          return 'nothing happened';
        } catch (error) {
          return error instanceof Error ? error.message : String(error);
        }
      };
      return [
        message(() => app.getFileIcon('/')),
        message(() => new Tray('')),
        message(() => BrowserWindow.getAllWindows()[0]?.setKiosk(true)),
        message(() => webContents.getAllWebContents()[0]?.openDevTools()),
      ];
    });
    expect(messages).toEqual([
      expect.stringMatching(/App\.getFileIcon is not supported/),
      expect.stringMatching(/Tray is not supported/),
      expect.stringMatching(/setKiosk is not supported/),
      expect.stringMatching(/WebContents\.openDevTools is not supported/),
    ]);
  });
});

describe('a sandboxed preload', () => {
  it('has exposed its API before the page’s first script', async () => {
    expect(await page.evaluate(() => (window as unknown as { early: { api: string } }).early.api)).toBe(
      'object',
    );
  });

  it('gives the page frozen copies and nothing of Electron', async () => {
    const seen = await page.evaluate(() => {
      const { api } = window as unknown as { api: { plain: { list: number[]; when: Date } } };
      return {
        frozen: Object.isFrozen(api) && Object.isFrozen(api.plain.list),
        list: api.plain.list,
        when: api.plain.when.getTime(),
        names: Object.getOwnPropertyNames(window).filter((name) => /electron/i.test(name)),
        require: typeof (window as { require?: unknown }).require,
      };
    });
    expect(seen).toEqual({ frozen: true, list: [1, 2, 3], when: 5, names: [], require: 'undefined' });
  });

  it('invokes handlers of the main process, which know the frame by the address of its scheme', async () => {
    expect(await call('whoami', { nested: [1, 'two'] })).toEqual({
      url: 'app://retrace/index.html',
      isMain: true,
      args: [{ nested: [1, 'two'] }],
    });
  });

  it.each([
    ['fail', "Error: Error invoking remote method 'fail': RangeError: no such thing"],
    ['missing', "Error: Error invoking remote method 'missing': Error: No handler registered for 'missing'"],
    [
      'uncloneable',
      "Error: Error invoking remote method 'uncloneable': Error: An object could not be cloned.",
    ],
    ['throws', 'TypeError: thrown in the preload'],
  ])('%s fails in Electron’s words', async (method, message) => {
    expect(await call(method)).toBe(message);
  });

  it('calls listeners of the page, and gives back synchronously what ends that', async () => {
    const seen = await page.evaluate(async () => {
      const { api } = window as unknown as {
        api: { echo(value: unknown): void; subscribe(listener: (value: unknown) => void): () => boolean };
      };
      const heard: unknown[] = [];
      let next: () => void = () => undefined;
      const unsubscribe = api.subscribe((value) => {
        heard.push(value);
        next();
      });
      const first = new Promise<void>((resolve) => (next = resolve));
      api.echo({ hello: 'page' });
      await first;
      return { heard, type: typeof unsubscribe, ended: unsubscribe(), endedAgain: unsubscribe() };
    });
    expect(seen).toEqual({ heard: [{ hello: 'page' }], type: 'function', ended: true, endedAgain: false });
  });

  it('is not there for a page’s own frames', async () => {
    const inFrame = await page.evaluate(async () => {
      const frame = document.createElement('iframe');
      frame.src = '/index.html';
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
      document.body.append(frame);
      await loaded;
      const found = typeof (frame.contentWindow as unknown as { api?: unknown }).api;
      frame.remove();
      return found;
    });
    expect(inFrame).toBe('undefined');
  });
});

describe('a page of a custom scheme', () => {
  it('keeps its address in the events, in history and after a reload', async () => {
    const url = await fixture.electron.evaluate(async ({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      if (!window) return undefined;
      const navigated = new Promise<string>((resolve) => {
        window.webContents.once('did-navigate', (_event, to) => resolve(to));
      });
      window.webContents.reload();
      return navigated;
    });
    expect(url).toBe('app://retrace/index.html');
    expect(
      await soon(
        () =>
          fixture.electron.evaluate(({ BrowserWindow }) =>
            BrowserWindow.getAllWindows()[0]?.webContents.isLoading(),
          ),
        (loading) => loading === false,
      ),
    ).toBe(false);
  });

  it('may only be navigated where the app allows', async () => {
    const before = page.url();
    const asked = await fixture.electron.evaluate(async ({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      const asking = new Promise<string>((resolve) => {
        window?.webContents.once('will-navigate', (event) => {
          event.preventDefault();
          resolve(event.url);
        });
      });
      await window?.webContents.executeJavaScript('location.href = "/elsewhere"; undefined');
      return asking;
    });
    expect(asked).toBe('app://retrace/elsewhere');
    await call('whoami');
    expect(page.url()).toBe(before);
  });
});
