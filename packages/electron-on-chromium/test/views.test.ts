import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import './bench.ts';
import { type Fixture, launchFixture, type Site, soon, startSite } from './launch.ts';

const html = (path: string): string => `<!doctype html><title>T ${path}</title>
  <body style="background:red;margin:0"><input id="i" autofocus style="width:200px"><a id="a" href="/linked" target="_blank">link</a>
  <p id="text">some words</p><div style="height:3000px"></div>`;

let site: Site;
let fixture: Fixture;
let page: Page;

beforeAll(async () => {
  site = await startSite(html);
  fixture = await launchFixture('views');
  page = await fixture.electron.firstWindow();
  await fixture.electron.evaluate(async (_electron, url) => {
    const view = bench.open('a', 'persist:a', { x: 100, y: 100, width: 400, height: 300 });
    await view.webContents.loadURL(`${url}/one`);
  }, site.url);
});

afterAll(async () => {
  await fixture.close();
  await site.close();
});

const inView = (code: string, name = 'a'): Promise<unknown> =>
  fixture.electron.evaluate(
    (_electron, [view, script]) => bench.views[view]?.webContents.executeJavaScript(script, true),
    [name, code] as const,
  );
const takeLog = () => fixture.electron.evaluate(() => bench.log.splice(0));

describe('a view', () => {
  beforeEach(async () => {
    await takeLog();
    site.requests();
    await inView('i.value = ""; scrollTo(0, 0)');
  });

  it('takes the mouse and the keys of the window', async () => {
    await page.mouse.click(150, 110);
    await page.keyboard.type('Hello, 1');
    expect(
      await soon(
        () => inView('i.value'),
        (value) => value === 'Hello, 1',
      ),
    ).toBe('Hello, 1');
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
    expect(
      await soon(
        () => inView('i.value'),
        (value) => value === '',
      ),
    ).toBe('');
    expect(await page.inputValue('#field')).toBe('');
  });

  it('scrolls with the wheel, and tells double clicks', async () => {
    await page.mouse.move(200, 250);
    await page.mouse.wheel(0, 150);
    expect(
      await soon(
        () => inView('scrollY'),
        (y) => y === 150,
      ),
    ).toBe(150);
    await inView('scrollTo(0, 0); getSelection().removeAllRanges()');
    await page.mouse.dblclick(115, 145);
    expect(
      await soon(
        () => inView('getSelection().toString().trim()'),
        (text) => text === 'some',
      ),
    ).toBe('some');
  });

  it('gives the keyboard back to the page of the window', async () => {
    await page.mouse.click(150, 110);
    expect(await soon(() => inView('document.hasFocus()'), Boolean)).toBe(true);
    await page.click('#field');
    await page.keyboard.type('mine');
    expect(await page.inputValue('#field')).toBe('mine');
    const focused = () => fixture.electron.evaluate(() => bench.views['a']?.webContents.isFocused());
    expect(await focused()).toBe(false);
    await page.fill('#field', '');
  });

  it('can be given the keyboard by the app, which then knows of it', async () => {
    await fixture.electron.evaluate(() => bench.views['a']?.webContents.focus());
    const focused = () =>
      fixture.electron.evaluate(
        ({ webContents }) => webContents.getFocusedWebContents()?.id === bench.views['a']?.webContents.id,
      );
    expect(await soon(focused, Boolean)).toBe(true);
    await page.keyboard.type('typed');
    expect(
      await soon(
        () => inView('i.value'),
        (value) => value === 'typed',
      ),
    ).toBe('typed');
  });

  it('lets accelerators of the menu work, wherever the keyboard is', async () => {
    await page.mouse.click(150, 110);
    await page.keyboard.press('Control+K');
    expect(await soon(takeLog, (log) => log.length > 0)).toEqual([['menu', 'Mark']]);
    await page.click('#field');
    await page.keyboard.press('Control+Z');
    expect(await soon(takeLog, (log) => log.length > 0)).toEqual([['menu', 'Undo']]);
  });

  it('keeps a key from the page that the app refuses in before-input-event', async () => {
    await fixture.electron.evaluate(() => {
      bench.views['a']?.webContents.once('before-input-event', (event) => event.preventDefault());
    });
    await page.mouse.click(150, 110);
    await page.keyboard.down('x');
    await page.keyboard.up('x');
    await page.keyboard.type('y');
    expect(
      await soon(
        () => inView('i.value'),
        (value) => value === 'y',
      ),
    ).toBe('y');
  });

  it('pastes what the app has copied', async () => {
    await fixture.electron.evaluate(async ({ clipboard }) => {
      await clipboard.writeText('from the app');
      bench.views['a']?.webContents.focus();
      bench.views['a']?.webContents.paste();
    });
    expect(
      await soon(
        () => inView('i.value'),
        (value) => value === 'from the app',
      ),
    ).toBe('from the app');
  });

  it('is typed into by sendInputEvent', async () => {
    await fixture.electron.evaluate(() => {
      const contents = bench.views['a']?.webContents;
      contents?.focus();
      contents?.sendInputEvent({ type: 'mouseDown', x: 20, y: 10, button: 'left', clickCount: 1 });
      contents?.sendInputEvent({ type: 'mouseUp', x: 20, y: 10, button: 'left', clickCount: 1 });
      for (const type of ['keyDown', 'char', 'keyUp'] as const)
        contents?.sendInputEvent({ type, keyCode: 'q' });
    });
    expect(
      await soon(
        () => inView('i.value'),
        (value) => value === 'q',
      ),
    ).toBe('q');
  });
});

describe('navigationHistory.restore', () => {
  it('brings the list back, asks the site for the chosen page only, and tells of that one load', async () => {
    site.requests();
    await takeLog();
    const list = await fixture.electron.evaluate(async (_electron, url) => {
      const { webContents } = bench.open('b', 'persist:b', { x: 520, y: 100, width: 200, height: 300 });
      bench.listen('b', ['did-navigate', 'page-title-updated', 'did-finish-load']);
      const { navigationHistory } = webContents;
      const entries = ['one', 'two', 'two', 'three#part'].map((path) => ({
        url: `${url}/${path}`,
        title: `was ${path}`,
      }));
      const restored = navigationHistory.restore({ entries, index: 1 });
      const atOnce = [navigationHistory.getAllEntries().length, navigationHistory.getActiveIndex()];
      await restored;
      return {
        atOnce,
        entries: navigationHistory.getAllEntries(),
        index: navigationHistory.getActiveIndex(),
      };
    }, site.url);
    expect(list.atOnce).toEqual([4, 1]);
    expect(list.entries).toEqual([
      { url: `${site.url}/one`, title: 'was one' },
      { url: `${site.url}/two`, title: 'T /two' },
      { url: `${site.url}/two`, title: 'was two' },
      { url: `${site.url}/three#part`, title: 'was three#part' },
    ]);
    expect(list.index).toBe(1);
    expect(site.requests()).toEqual(['/two']);
    expect(await takeLog()).toEqual([
      ['did-navigate', `${site.url}/two`],
      ['page-title-updated', 'T /two'],
      ['did-finish-load', undefined],
    ]);
  });

  it.each([
    ['the first of two places of one page', ['in?place=1', 'in?place=1#below'], 0],
    ['the last of them', ['in?place=1', 'in?place=1#below'], 1],
    ['one between', ['start', 'in', 'in#a', 'in#b'], 2],
  ] as const)(
    'loads the chosen page when its neighbours differ by the fragment only: %s',
    async (_name, paths, index) => {
      site.requests();
      const url = await fixture.electron.evaluate(
        async (_electron, [base, list, at]) => {
          const { webContents } = bench.open('parts', 'persist:b', { x: 0, y: 0, width: 100, height: 100 });
          const entries = list.map((path) => ({ url: `${base}/${path}`, title: path }));
          await webContents.navigationHistory.restore({ entries, index: at });
          const shown = [webContents.getURL(), webContents.navigationHistory.getActiveIndex()];
          webContents.close();
          return shown;
        },
        [site.url, paths, index] as const,
      );
      expect(url).toEqual([`${site.url}/${paths[index] ?? ''}`, index]);
      expect(site.requests()).toEqual([`/${(paths[index] ?? '').split('#')[0] ?? ''}`]);
    },
  );

  it('goes back and forward through restored entries by loading them', async () => {
    const went = (index: number) =>
      fixture.electron.evaluate(async (_electron, to) => {
        const contents = bench.views['b']?.webContents;
        const loaded = new Promise<void>((resolve) => contents?.once('did-finish-load', () => resolve()));
        contents?.navigationHistory.goToIndex(to);
        await loaded;
        return [contents?.getURL(), contents?.navigationHistory.getActiveIndex()];
      }, index);
    expect(await went(0)).toEqual([`${site.url}/one`, 0]);
    expect(await went(3)).toEqual([`${site.url}/three#part`, 3]);
    expect(site.requests()).toEqual(['/one', '/three']);
  });
});

describe('setWindowOpenHandler', () => {
  beforeEach(async () => {
    await fixture.electron.evaluate(() => bench.asked.splice(0));
    await takeLog();
    site.requests();
  });
  const asked = () =>
    fixture.electron.evaluate(() => bench.asked.map(({ url, disposition }) => [url, disposition]));

  it('denies: no request, and the opener goes on with a window that is closed', async () => {
    await fixture.electron.evaluate(() => bench.denyPopups('a'));
    await inView('w = open("/denied", "named", "width=200,height=100"); 0');
    expect(await soon(() => inView('w === null || w.closed'), Boolean)).toBe(true);
    expect(await asked()).toEqual([[`${site.url}/denied`, 'new-window']]);
    expect(site.requests()).toEqual([]);
  });

  it('asks for a link to another window, and for a click with Ctrl or the middle button', async () => {
    await fixture.electron.evaluate(() => bench.denyPopups('a'));
    await page.mouse.click(310, 110);
    await soon(asked, (all) => all.length === 1);
    await page.mouse.click(310, 110, { button: 'middle' });
    expect(await soon(asked, (all) => all.length === 2)).toEqual([
      [`${site.url}/linked`, 'foreground-tab'],
      [`${site.url}/linked`, 'background-tab'],
    ]);
    expect(site.requests()).toEqual([]);
  });

  it('denies what a failing handler has not allowed, and lets the opener go on', async () => {
    await fixture.electron.evaluate(() => {
      process.once('uncaughtException', () => undefined);
      process.once('unhandledRejection', () => undefined);
      bench.views['a']?.webContents.setWindowOpenHandler(() => {
        throw new Error('the handler failed');
      });
    });
    await inView('w = open("/denied"); 0');
    expect(await soon(() => inView('w === null || w.closed'), Boolean)).toBe(true);
    expect(site.requests()).toEqual([]);
  });

  it('allows into a view of the app: the opener is kept, the partition is shared, and the popup can close itself', async () => {
    await fixture.electron.evaluate(() => bench.showPopups('a'));
    await inView('document.cookie = "who=me"; w = open("/allowed", "named", "width=200,height=100"); 0');
    const title = () => fixture.electron.evaluate(() => bench.views['popup']?.webContents.getTitle());
    expect(await soon(title, (text) => text === 'T /allowed')).toBe('T /allowed');
    expect(await inView('`${opener !== null} ${document.cookie} ${innerWidth}`', 'popup')).toBe(
      'true who=me 320',
    );
    expect(site.requests()).toEqual(['/allowed']);
    await inView('w.close()');
    expect(await soon(takeLog, (log) => log.length > 0)).toEqual([['destroyed', 'popup']]);
  });

  it('closes a popup with the page that has opened it', async () => {
    await fixture.electron.evaluate(async (_electron, url) => {
      const opener = bench.open('opener', 'persist:a', { x: 0, y: 400, width: 200, height: 200 });
      await opener.webContents.loadURL(`${url}/opener`);
      bench.showPopups('opener');
    }, site.url);
    await inView('open("/popup", "named", "width=200,height=100"); 0', 'opener');
    await fixture.electron.evaluate(() => bench.views['opener']?.webContents.close());
    expect(await soon(takeLog, (log) => log.length > 0)).toEqual([['destroyed', 'popup']]);
  });
});
