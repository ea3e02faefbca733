import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CDPSession, Page } from 'playwright-core';
import './bench.ts';
import { type Fixture, launchFixture, type Site, soon, startSite } from './launch.ts';

const html = (): string => `<!doctype html><body style="margin:0;font:16px/20px sans-serif">
  <div style="height:40px"><select id="list" style="width:120px;height:30px">
    <option>apple</option><option disabled>banana</option><optgroup label="more"><option value="c">cherry</option></optgroup>
  </select></div>
  <div style="height:40px" title="what it is for"><input id="field" style="width:200px;height:30px"></div>
  <div style="height:40px"><input id="file" type="file" multiple accept=".txt"></div>
  <p id="text" style="margin:0;height:40px">some words to select</p>
  <a id="link" href="/linked" style="display:block;height:40px;cursor:pointer">a link</a>
  <div style="height:3000px"></div>
  <script>heard = []; for (const type of ['input', 'change', 'compositionstart', 'compositionend'])
    addEventListener(type, ({ target }) => heard.push([type, target.id]), true);</script>`;

const view = { x: 100, y: 50, width: 500, height: 400 };
let site: Site;
let fixture: Fixture;
let page: Page;
let cdp: CDPSession;

beforeAll(async () => {
  site = await startSite(html);
  fixture = await launchFixture('views');
  page = await fixture.electron.firstWindow();
  cdp = await page.context().newCDPSession(page);
  await fixture.electron.evaluate(
    async (_electron, [url, bounds]) => {
      const { webContents } = bench.open('a', 'persist:a', bounds);
      webContents.on('cursor-changed', (_event, type) => bench.log.push(['cursor', type]));
      webContents.on('context-menu', (_event, { x, y, linkURL }) => {
        bench.log.push(['context-menu', [x, y, linkURL]]);
      });
      await webContents.loadURL(url);
    },
    [site.url, view] as const,
  );
});

afterAll(async () => {
  await fixture.close();
  await site.close();
});

const inView = (code: string): Promise<unknown> =>
  fixture.electron.evaluate(
    (_electron, script) => bench.views['a']?.webContents.executeJavaScript(script, true),
    code,
  );
const until = <T>(ask: () => Promise<T>, wanted: T) =>
  soon(ask, (answer) => JSON.stringify(answer) === JSON.stringify(wanted));
const takeLog = () => fixture.electron.evaluate(() => bench.log.splice(0));
const clickInView = (x: number, y: number) => page.mouse.click(view.x + x, view.y + y);
const panel = () => page.locator('[data-electron-panel]');
/** What the layer over the page has set on the area of the view: its root is closed, so the protocol is asked. */
const layerHas = async (part: string): Promise<boolean> => {
  const { root } = await cdp.send('DOM.getDocument', { depth: -1, pierce: true });
  return JSON.stringify(root).includes(part);
};

describe('in a view, a person', () => {
  beforeEach(async () => {
    await takeLog();
    await inView('heard.length = 0; list.selectedIndex = 0; field.value = ""; scrollTo(0, 0)');
  });

  it('opens a drop-down list with the mouse and chooses with the keys, past what cannot be chosen', async () => {
    await clickInView(20, 15);
    await panel().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await until(() => inView('list.value'), 'c')).toBe('c');
    expect(await inView('heard')).toEqual([
      ['input', 'list'],
      ['change', 'list'],
    ]);
    await panel().waitFor({ state: 'detached' });
  });

  it('opens it with the keys, finds an entry by its letter, and leaves it as it was with Escape', async () => {
    await inView('list.focus()');
    await fixture.electron.evaluate(() => bench.views['a']?.webContents.focus());
    await page.keyboard.press('Space');
    await panel().waitFor();
    await page.keyboard.press('c');
    await page.keyboard.press('Escape');
    await panel().waitFor({ state: 'detached' });
    expect(await inView('[list.value, heard.length]')).toEqual(['apple', 0]);
  });

  it('goes on typing after a list was closed', async () => {
    await clickInView(20, 15);
    await panel().waitFor();
    await page.keyboard.press('Escape');
    await panel().waitFor({ state: 'detached' });
    await inView('field.focus()');
    await page.keyboard.type('on');
    expect(await until(() => inView('field.value'), 'on')).toBe('on');
  });

  it('chooses files', async () => {
    const path = join(fixture.userData, 'chosen.txt');
    await writeFile(path, 'content');
    await clickInView(30, 92);
    await panel().waitFor();
    await page.keyboard.type(path);
    await page.keyboard.press('Enter');
    expect(await until(() => inView('[...file.files].map(({ name }) => name)'), ['chosen.txt'])).toEqual([
      'chosen.txt',
    ]);
    expect(await inView('file.files[0].text()')).toBe('content');
  });

  it('sees tooltips', async () => {
    await page.mouse.move(view.x + 50, view.y + 55);
    expect(await until(() => layerHas('what it is for'), true)).toBe(true);
    await page.mouse.move(view.x + 50, view.y + 130);
    expect(await until(() => layerHas('what it is for'), false)).toBe(false);
  });

  it('sees the shape of the mouse over text, links and the rest', async () => {
    await page.mouse.move(view.x + 400, view.y + 300);
    await until(() => layerHas('cursor: default !important'), true);
    await takeLog();
    for (const y of [130, 170, 300]) await page.mouse.move(view.x + 20, view.y + y);
    const shapes = [
      ['cursor', 'text'],
      ['cursor', 'pointer'],
      ['cursor', 'default'],
    ];
    let seen: unknown[] = [];
    await soon(
      async () => (seen = [...seen, ...(await takeLog())]),
      (all) => all.length >= 3,
    );
    expect(seen.slice(-3)).toEqual(shapes);
    expect(await until(() => layerHas('cursor: default !important'), true)).toBe(true);
  });

  it('composes text with an input method, at the place where it is typed', async () => {
    await clickInView(20, 55);
    await until(() => inView('document.activeElement.id'), 'field');
    // This is how an input method reaches the window's own page.
    await cdp.send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 });
    expect(await until(() => inView('field.value'), 'に')).toBe('に');
    await cdp.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 });
    await cdp.send('Input.insertText', { text: '日本' });
    expect(await until(() => inView('field.value'), '日本')).toBe('日本');
    expect(
      await inView('heard.filter(([type]) => type.startsWith("composition")).map(([type]) => type)'),
    ).toEqual(['compositionstart', 'compositionend']);
    expect(await layerHas(`left: ${view.x}px !important; top: ${view.y + 76}px`)).toBe(true);
  });

  it('selects with the mouse, copies and pastes', async () => {
    await page.mouse.move(view.x + 1, view.y + 130);
    await page.mouse.down();
    await page.mouse.move(view.x + 60, view.y + 130, { steps: 4 });
    await page.mouse.move(view.x + 300, view.y + 130, { steps: 4 });
    await page.mouse.up();
    const words = 'some words to select';
    expect(await until(() => inView('getSelection().toString()'), words)).toBe(words);
    await page.keyboard.press('Control+C');
    expect(await until(() => fixture.electron.evaluate(({ clipboard }) => clipboard.readText()), words)).toBe(
      words,
    );
    await clickInView(20, 55);
    await page.keyboard.press('Control+V');
    expect(await until(() => inView('field.value'), words)).toBe(words);
  });

  it('scrolls in both directions, and by as little as a touchpad does', async () => {
    await page.mouse.move(view.x + 50, view.y + 300);
    for (let step = 0; step < 10; step += 1) await page.mouse.wheel(0, 3);
    expect(await until(() => inView('scrollY'), 30)).toBe(30);
    await page.mouse.wheel(0, -30);
    expect(await until(() => inView('scrollY'), 0)).toBe(0);
  });

  it('opens a menu of the app with the right button, and chooses from it', async () => {
    await fixture.electron.evaluate(({ Menu }) => {
      bench.views['a']?.webContents.once('context-menu', () => {
        Menu.buildFromTemplate([
          { label: 'First', enabled: false },
          { label: 'Second', click: () => bench.log.push(['menu', 'Second']) },
        ]).popup();
      });
    });
    await page.mouse.click(view.x + 20, view.y + 170, { button: 'right' });
    await panel().waitFor();
    await page.keyboard.press('Enter');
    const log = [
      ['context-menu', [20, 170, `${site.url}/linked`]],
      ['menu', 'Second'],
    ];
    let seen: unknown[] = [];
    await soon(
      async () => (seen = [...seen, ...(await takeLog()).filter(([event]) => event !== 'cursor')]),
      (all) => all.length >= 2,
    );
    expect(seen).toEqual(log);
  });
});
