import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import './bench.ts';
import { type Fixture, launchFixture, type Site, soon, startSite } from './launch.ts';

let fixture: Fixture;
let page: Page;
let site: Site;

beforeAll(async () => {
  site = await startSite((path) => `<!doctype html><title>${path}</title><body>${path}`);
  fixture = await launchFixture('views');
  page = await fixture.electron.firstWindow();
  await fixture.electron.evaluate(async (_electron, url) => {
    const view = bench.open('a', 'persist:a', { x: 0, y: 0, width: 900, height: 700 });
    await view.webContents.loadURL(`${url}/a`);
  }, site.url);
});

afterAll(async () => {
  await fixture.close();
  await site.close();
});

const takeLog = () => fixture.electron.evaluate(() => bench.log.splice(0));

describe('Menu', () => {
  it('is drawn above the views by popup, and answers to the keyboard', async () => {
    await fixture.electron.evaluate(({ Menu }) => {
      const say = (label: string) => ({ label, click: () => void bench.log.push(['menu', label]) });
      const menu = Menu.buildFromTemplate([
        say('First'),
        { label: 'More', submenu: [say('Inner')] },
        say('Last'),
      ]);
      menu.once('menu-will-close', () => bench.log.push(['closed', null]));
      menu.popup({ x: 20, y: 20 });
    });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await soon(takeLog, (log) => log.length > 0)).toEqual([
      ['closed', null],
      ['menu', 'Last'],
    ]);
  });

  it('answers to the mouse, in a submenu too, while a view lies below', async () => {
    await fixture.electron.evaluate(({ Menu }) => {
      const inner = { label: 'Inner', click: () => void bench.log.push(['menu', 'Inner']) };
      Menu.buildFromTemplate([{ label: 'More', submenu: [inner] }]).popup({ x: 20, y: 20 });
    });
    await page.mouse.move(60, 40);
    await page.mouse.move(240, 45);
    await page.mouse.click(240, 45);
    expect(await soon(takeLog, (log) => log.length > 0)).toEqual([['menu', 'Inner']]);
  });

  it('closes with Escape and runs nothing', async () => {
    await fixture.electron.evaluate(({ Menu }) => {
      Menu.buildFromTemplate([{ label: 'One', click: () => void bench.log.push(['menu', 'One']) }]).popup({
        x: 20,
        y: 20,
        callback: () => void bench.log.push(['closed', null]),
      });
    });
    await page.keyboard.press('Escape');
    expect(await soon(takeLog, (log) => log.length > 0)).toEqual([['closed', null]]);
  });
});

/** Boxes and menus of the runtime are marked so that its own scripts know them. */
const untilShown = () => page.waitForSelector('[data-electron-panel]', { state: 'attached' });

describe('dialog.showMessageBox', () => {
  it('answers which button was pressed', async () => {
    const answer = fixture.electron.evaluate(({ dialog }) =>
      dialog.showMessageBox({ message: 'Really?', buttons: ['Cancel', 'Go on'], defaultId: 1, cancelId: 0 }),
    );
    await untilShown();
    await page.keyboard.press('Enter');
    expect(await answer).toEqual({ response: 1, checkboxChecked: false });
  });

  it('answers the cancel button to Escape', async () => {
    const answer = fixture.electron.evaluate(({ dialog }) =>
      dialog.showMessageBox({ message: 'Really?', buttons: ['Go on', 'Cancel'] }),
    );
    await untilShown();
    await page.keyboard.press('Escape');
    expect(await answer).toEqual({ response: 1, checkboxChecked: false });
  });
});

describe('nativeTheme.themeSource', () => {
  it('reaches the window, its views and pages that come later', async () => {
    await fixture.electron.evaluate(async ({ nativeTheme }, url) => {
      nativeTheme.themeSource = 'dark';
      const later = bench.open('later', 'persist:b', { x: 0, y: 0, width: 10, height: 10 });
      await later.webContents.loadURL(`${url}/later`);
    }, site.url);
    const dark = "matchMedia('(prefers-color-scheme: dark)').matches";
    const inViews = () =>
      fixture.electron.evaluate(
        (_electron, code) =>
          Promise.all(
            Object.values(bench.views).map(
              (view) => view.webContents.executeJavaScript(code) as Promise<unknown>,
            ),
          ),
        dark,
      );
    expect(await page.evaluate(dark)).toBe(true);
    expect(await soon(inViews, (all) => !all.includes(false))).toEqual([true, true]);
    expect(await fixture.electron.evaluate(({ nativeTheme }) => nativeTheme.shouldUseDarkColors)).toBe(true);
    await fixture.electron.evaluate(({ nativeTheme }) => {
      nativeTheme.themeSource = 'light';
    });
    expect(await soon(inViews, (all) => !all.includes(true))).toEqual([false, false]);
  });
});

describe('webContents.debugger', () => {
  it('speaks Chromium’s protocol with the page, and tells its events', async () => {
    const told = await fixture.electron.evaluate(async (_electron, url) => {
      const contents = bench.views['a']?.webContents;
      if (!contents) throw new Error('no view');
      const { debugger: devtools } = contents;
      devtools.attach('1.3');
      const methods: string[] = [];
      devtools.on('message', (_event, method: string) => methods.push(method));
      await devtools.sendCommand('Network.enable');
      await contents.loadURL(`${url}/watched`);
      const { result } = (await devtools.sendCommand('Runtime.evaluate', {
        expression: 'document.title',
      })) as {
        result: { value: unknown };
      };
      devtools.detach();
      return {
        title: result.value,
        seen: methods.includes('Network.responseReceived'),
        attached: devtools.isAttached(),
      };
    }, site.url);
    expect(told).toEqual({ title: '/watched', seen: true, attached: false });
  });
});

describe('safeStorage', () => {
  it('claims nothing: there is no keyring here', async () => {
    const told = await fixture.electron.evaluate(async ({ safeStorage }) => {
      const before = await safeStorage.isAsyncEncryptionAvailable();
      safeStorage.setUsePlainTextEncryption(true);
      const { result } = await safeStorage.decryptStringAsync(await safeStorage.encryptStringAsync('päss'));
      return [before, safeStorage.getSelectedStorageBackend(), result];
    });
    expect(told).toEqual([false, 'basic_text', 'päss']);
  });
});

describe('a view', () => {
  it('zooms its page as a browser does', async () => {
    const width = () =>
      fixture.electron.evaluate(
        () => bench.views['a']?.webContents.executeJavaScript('innerWidth') as Promise<unknown>,
      );
    await fixture.electron.evaluate(() => bench.views['a']?.webContents.setZoomFactor(2));
    expect(await soon(width, (value) => value === 450)).toBe(450);
  });

  it('is not stopped by what its page asks, and says so by an answer of its own', async () => {
    const answers = await fixture.electron.evaluate(
      () =>
        bench.views['a']?.webContents.executeJavaScript(
          '[alert("x"), confirm("y"), prompt("z")]',
        ) as Promise<unknown>,
    );
    expect(answers).toEqual([undefined, false, null]);
  });
});
