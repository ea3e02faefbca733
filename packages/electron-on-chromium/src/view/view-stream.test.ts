import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decode } from 'jpeg-js';
import { BrowserProcess } from '../browser/browser-process.ts';
import { findBrowser } from '../browser/find-browser.ts';
import { Targets } from '../browser/targets.ts';
import type { CdpSession } from '../cdp/session.ts';
import type { Frame } from './layer-protocol.ts';
import { ViewStream } from './view-stream.ts';

let profile: string;
let chromium: BrowserProcess;
let page: CdpSession;

beforeAll(async () => {
  profile = await mkdtemp(join(tmpdir(), 'view-stream-'));
  chromium = await BrowserProcess.start({
    browser: findBrowser('headless-shell'),
    profileDir: profile,
    display: 'headless',
    switches: [],
  });
  const targets = await Targets.watch(chromium);
  ({ session: page } = await targets.create({ surface: 'view', width: 200, height: 100 }));
  await page.send('Page.enable');
  await page.send('Runtime.runIfWaitingForDebugger');
});

afterAll(async () => {
  await chromium.close();
  await rm(profile, { recursive: true, force: true });
});

const show = (body: string) =>
  page.send('Runtime.evaluate', {
    expression: `document.documentElement.innerHTML = ${JSON.stringify(body)}`,
  });

/** The name of the strongest part of the first pixel. */
function colourOf(frame: Frame | undefined): string | undefined {
  if (!frame) return undefined;
  const [red = 0, green = 0, blue = 0] = decode(Buffer.from(frame.image, 'base64')).data;
  return blue > red && blue > green ? 'blue' : red > green ? 'red' : 'green';
}

describe('ViewStream', () => {
  it('ends with the picture that the page rests in, however slowly frames are taken', async () => {
    const frames: Frame[] = [];
    // Chromium keeps two frames in flight and throws the others away.
    const slow: CdpSession = Object.create(page, {
      send: {
        value: async (method: 'Page.screencastFrameAck' | 'Page.enable', params: { sessionId: number }) => {
          if (method === 'Page.screencastFrameAck') await new Promise((resolve) => setTimeout(resolve, 400));
          return page.send(method, params);
        },
      },
      on: { value: page.on.bind(page) },
    }) as CdpSession;
    const stream = new ViewStream(slow, (frame) => Promise.resolve(void frames.push(frame)));
    stream.resize({ width: 200, height: 100, scale: 1 });
    stream.start();
    await show('<body>');
    await page.send('Runtime.evaluate', {
      expression: `new Promise((done) => { let left = 20; const step = () => {
        document.body.style.background = left === 0 ? '#00f' : left % 2 ? '#f00' : '#0f0';
        left-- > 0 ? requestAnimationFrame(step) : done(); }; step(); })`,
      awaitPromise: true,
    });
    const colour = () => colourOf(frames.at(-1));
    for (let tries = 0; tries < 100 && colour() !== 'blue'; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(colour()).toBe('blue');
    stream.end();
  });
});
