import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { executable, type Site, soon, startSite } from '../../test/launch.ts';

const html = (path: string): string => `<!doctype html><title>Page ${path}</title>
  <body style="margin:0"><a href="/linked" target="_blank" style="display:block;height:40px">in a new tab</a>
  <a href="/next" style="display:block;height:40px">in this one</a><p>apple, banana, <b>app</b>le</p><p>no fruit</p>`;

let site: Site;
let app: ElectronApplication;
let window: Page;
let userData: string;

beforeAll(async () => {
  site = await startSite(html);
  userData = await mkdtemp(join(tmpdir(), 'tabbed-browser-'));
  app = await _electron.launch({
    executablePath: executable,
    args: [fileURLToPath(new URL('.', import.meta.url)), '--headless', `--user-data-dir=${userData}`],
  });
  window = await app.firstWindow();
  window.setDefaultTimeout(10_000);
  await window.getByRole('tab').waitFor();
});

afterAll(async () => {
  await app.close();
  await site.close();
  await rm(userData, { recursive: true, force: true });
});

const tabs = () => window.getByRole('tab').allTextContents();
const address = () => window.getByLabel('Address');
const selected = () => window.getByRole('tab', { selected: true }).textContent();
const until = <T>(ask: () => Promise<T>, wanted: T) =>
  soon(ask, (answer) => JSON.stringify(answer) === JSON.stringify(wanted));

async function visit(path: string): Promise<void> {
  await address().fill(`${site.url}${path}`);
  await address().press('Enter');
  await until(selected, `Page ${path}`);
}

describe('the tabbed browser', () => {
  it('begins with one empty tab', async () => {
    expect(await tabs()).toEqual(['New tab']);
  });

  it('loads what is typed into the address bar', async () => {
    await visit('/one');
    expect(await tabs()).toEqual(['Page /one']);
    expect(await address().inputValue()).toBe(`${site.url}/one`);
  });

  it('goes back and forward', async () => {
    await visit('/two');
    await window.getByLabel('Back').click();
    expect(await until(selected, 'Page /one')).toBe('Page /one');
    await window.getByLabel('Forward').click();
    expect(await until(selected, 'Page /two')).toBe('Page /two');
  });

  it('opens a tab with the menu’s keys while the keyboard is in a page, and closes it', async () => {
    await window.mouse.click(500, 400);
    await window.keyboard.press('Control+T');
    expect(await until(tabs, ['Page /two', 'New tab'])).toEqual(['Page /two', 'New tab']);
    await visit('/three');
    await window.keyboard.press('Control+Shift+Tab');
    expect(await until(selected, 'Page /two')).toBe('Page /two');
    await window.getByLabel('Close Page /three').click();
    expect(await until(tabs, ['Page /two'])).toEqual(['Page /two']);
  });

  it('opens a link to a new window in a tab, with a click of a person in the view', async () => {
    const { height } = (await window.locator('header').boundingBox()) ?? { height: 0 };
    await window.mouse.click(30, height + 20);
    expect(await until(tabs, ['Page /two', 'Page /linked'])).toEqual(['Page /two', 'Page /linked']);
    expect(await selected()).toBe('Page /linked');
  });

  it('finds text in the page, across elements, around the end, and not at all', async () => {
    await window.keyboard.press('Control+F');
    const text = window.getByLabel('Find in page');
    await text.waitFor();
    await text.fill('APPLE');
    const count = () => window.locator('output').textContent();
    expect(await until(count, '1 of 2')).toBe('1 of 2');
    await window.getByLabel('Next match').click();
    expect(await until(count, '2 of 2')).toBe('2 of 2');
    await window.getByLabel('Next match').click();
    expect(await until(count, '1 of 2')).toBe('1 of 2');
    await window.getByLabel('Previous match').click();
    expect(await until(count, '2 of 2')).toBe('2 of 2');
    await text.fill('cherry');
    expect(await until(count, '0 of 0')).toBe('0 of 0');
    await window.keyboard.press('Escape');
    await text.waitFor({ state: 'hidden' });
  });

  it('says why a page does not come', async () => {
    await address().fill('http://localhost:1/');
    await address().press('Enter');
    expect(await until(selected, 'No page')).toBe('No page');
  });

  it('ends with its last tab', async () => {
    const ended = app.waitForEvent('close');
    for (const label of ['Close No page', 'Close Page /two']) await window.getByLabel(label).click();
    await expect(ended).resolves.toBeUndefined();
  });
});
