import { BrowserProcess } from '../../packages/electron-on-chromium/src/browser/browser-process.ts';
import { findBrowser } from '../../packages/electron-on-chromium/src/browser/find-browser.ts';
import type { CdpSession } from '../../packages/electron-on-chromium/src/cdp/session.ts';

/** A page of a headless Chromium with nothing of ours in it: what figures are compared with. */
export async function openBarePage(
  profileDir: string,
  url: string,
): Promise<{ readonly page: CdpSession; readonly close: () => Promise<void> }> {
  const chromium = await BrowserProcess.start({
    browser: findBrowser('headless-shell'),
    profileDir,
    display: 'headless',
    switches: [],
  });
  const { targetId } = await chromium.browser.send('Target.createTarget', { url });
  return { page: await chromium.browser.attachTo(targetId), close: () => chromium.close() };
}
