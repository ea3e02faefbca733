import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BrowserProcess } from './browser-process.ts';
import { findBrowser } from './find-browser.ts';
import { type Popup, Targets } from './targets.ts';

let profileDir: string;
let chromium: BrowserProcess;
let targets: Targets;
const popups: Popup[] = [];

beforeAll(async () => {
  profileDir = await mkdtemp(join(tmpdir(), 'targets-'));
  chromium = await BrowserProcess.start({
    browser: findBrowser('headless-shell'),
    profileDir,
    display: 'headless',
    switches: [],
  });
  targets = await Targets.watch(chromium);
  targets.onPopup((popup) => popups.push(popup));
});

afterAll(async () => {
  await chromium.close();
  await rm(profileDir, { recursive: true, force: true });
});

describe('Targets', () => {
  it('tells popups from the pages that it makes, in the profile and in a context of its own', async () => {
    const { browserContextId } = await chromium.browser.send('Target.createBrowserContext');
    const size = { surface: 'view', width: 300, height: 200 } as const;
    const pages = await Promise.all([
      targets.create(size),
      targets.create({ ...size, browserContextId }),
      targets.create({ ...size, browserContextId }),
    ]);
    await Promise.all(pages.map(({ session }) => session.send('Runtime.runIfWaitingForDebugger')));
    expect(popups).toEqual([]);

    const [opener] = pages;
    const arrived = new Promise<Popup>((resolve) => {
      const end = targets.onPopup((popup) => {
        end();
        resolve(popup);
      });
    });
    const opening = opener.session.send('Runtime.evaluate', {
      expression: "open('data:text/html,popup'); 0",
      userGesture: true,
    });
    const popup = await arrived;
    expect(popup.openerTargetId).toBe(opener.targetId);
    await popup.session.send('Runtime.runIfWaitingForDebugger');
    await opening;
  });
});
