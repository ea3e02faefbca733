import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CDPSession, _electron, type ElectronApplication, type Page } from 'playwright-core';
import { BrowserProcess } from '../src/browser/browser-process.ts';
import { findBrowser } from '../src/browser/find-browser.ts';
import type { CdpSession } from '../src/cdp/session.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export const executable = here('../bin/electron');
export const appFolder = here('app');
export const emptyPage = new URL('app/page.html', import.meta.url).href;

/** A folder that is there while `use` runs. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'runtime-bench-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export interface BenchApp {
  readonly app: ElectronApplication;
  readonly window: Page;
  readonly cdp: CDPSession;
  readonly userData: string;
}

/** Starts the bench's application without a display, and ends it. */
export async function withApp<T>(use: (started: BenchApp) => Promise<T>): Promise<T> {
  return withFolder(async (userData) => {
    const args = [appFolder, '--headless', `--user-data-dir=${userData}`];
    const app = await _electron.launch({ executablePath: executable, args });
    try {
      const window = await app.firstWindow();
      await window.waitForFunction(() => document.readyState === 'complete' && 'echo' in globalThis);
      return await use({ app, window, cdp: await window.context().newCDPSession(window), userData });
    } finally {
      await app.close();
    }
  });
}

/** A Chromium with nothing of the runtime in it but the pipe. */
export function startChromium(profileDir: string): Promise<BrowserProcess> {
  return BrowserProcess.start({
    browser: findBrowser('headless-shell'),
    profileDir,
    display: 'headless',
    switches: [],
  });
}

/** Opens a page of a bare Chromium; settles when it has loaded. */
export async function openPage(
  chromium: BrowserProcess,
  url: string,
  size: { readonly width: number; readonly height: number },
): Promise<CdpSession> {
  const { targetId } = await chromium.browser.send('Target.createTarget', { url: 'about:blank', ...size });
  const page = await chromium.browser.attachTo(targetId);
  await page.send('Page.enable');
  const loaded = new Promise<void>((resolve) => {
    page.on('Page.loadEventFired', () => resolve());
  });
  await page.send('Page.navigate', { url });
  await loaded;
  return page;
}
