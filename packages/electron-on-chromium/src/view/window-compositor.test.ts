import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PNG } from 'pngjs';
import { BrowserProcess } from '../browser/browser-process.ts';
import { findBrowser } from '../browser/find-browser.ts';
import { Targets } from '../browser/targets.ts';
import type { CdpSession } from '../cdp/session.ts';
import { View } from './view.ts';
import { type DrawnPage, WindowCompositor } from './window-compositor.ts';

type Report = Parameters<DrawnPage['take']>[0];

class TestView extends View {
  readonly reports: Report[] = [];
  readonly focus: boolean[] = [];
  readonly page: DrawnPage;
  constructor(cdp: CdpSession, zoomFactor = 1) {
    super('#ffffff');
    this.page = {
      cdp,
      ready: Promise.resolve(),
      zoomFactor,
      drawnAt: () => undefined,
      hostedBy: () => undefined,
      take: (report) => this.reports.push(report),
      focusChanged: (focused) => this.focus.push(focused),
    };
  }
}

let profile: string;
let chromium: BrowserProcess;
let targets: Targets;

beforeAll(async () => {
  profile = await mkdtemp(join(tmpdir(), 'compositor-'));
  chromium = await BrowserProcess.start({
    browser: findBrowser('headless-shell'),
    profileDir: profile,
    display: 'headless',
    switches: [],
  });
  targets = await Targets.watch(chromium);
});

afterAll(async () => {
  await chromium.close();
  await rm(profile, { recursive: true, force: true });
});

async function openPage(html: string, before?: (page: CdpSession) => Promise<void>): Promise<CdpSession> {
  const { session } = await targets.create({ surface: 'view', width: 800, height: 600 });
  await session.send('Page.enable');
  await session.send('Runtime.runIfWaitingForDebugger');
  await before?.(session);
  const loaded = new Promise<void>((resolve) => {
    const end = session.on('Page.loadEventFired', () => {
      end();
      resolve();
    });
  });
  await session.send('Page.navigate', { url: `data:text/html,${encodeURIComponent(html)}` });
  await loaded;
  return session;
}

/** The colour of one pixel of what a person would see of the window. */
async function colourAt(page: CdpSession, x: number, y: number): Promise<string> {
  const [colour = ''] = await coloursAt(page, [x], y);
  return colour;
}

/** The colours of some pixels of one row. */
async function coloursAt(page: CdpSession, xs: readonly number[], y: number): Promise<string[]> {
  // Refused for a moment while the page changes its document.
  const { data } = await page.send('Page.captureScreenshot', { format: 'png' }).catch(() => ({ data: '' }));
  if (data === '') return [];
  const picture = PNG.sync.read(Buffer.from(data, 'base64'));
  return xs.map((x) => {
    const at = (y * picture.width + x) * 4;
    // JPEG frames are a little off; sixteen steps are enough to tell the colours of these tests apart.
    return [...picture.data.subarray(at, at + 3)].map((part) => Math.round(part / 17).toString(16)).join('');
  });
}

async function expectSoon(probe: () => Promise<unknown>, wanted: unknown): Promise<void> {
  let last: unknown;
  for (let tries = 0; tries < 100; tries += 1) {
    last = await probe();
    if (JSON.stringify(last) === JSON.stringify(wanted)) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(last).toEqual(wanted);
}

const strict = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'">`;

async function openWindow(
  html = `${strict}<body bgcolor="#00ff00"><dialog id="d">hello</dialog>`,
  before: (page: CdpSession) => Promise<void> = () => Promise.resolve(),
) {
  const root = new View();
  const pageFocus: boolean[] = [];
  let compositor: WindowCompositor | undefined;
  const page = await openPage(html, async (session) => {
    await before(session);
    compositor = new WindowCompositor(session, root, (focused) => pageFocus.push(focused));
    await compositor.attach();
  });
  if (!compositor) throw new Error('the window was not made');
  return { root, page, pageFocus, compositor };
}

async function click(page: CdpSession, x: number, y: number): Promise<void> {
  const at = { x, y, button: 'left', clickCount: 1 } as const;
  await page.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...at });
  await page.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...at });
}

describe('WindowCompositor', () => {
  it('draws a view at its place, above the page, under a strict Content-Security-Policy', async () => {
    const { root, page } = await openWindow();
    const view = new TestView(await openPage('<body bgcolor="#ff0000">'));
    view.setBounds({ x: 100, y: 50, width: 300, height: 200 });
    root.addChildView(view);
    await expectSoon(() => colourAt(page, 110, 60), 'f00');
    expect(await colourAt(page, 90, 60)).toBe('0f0');
    expect(await colourAt(page, 410, 60)).toBe('0f0');
  });

  it('lays the page of a view out at the size of the view, and follows a new one', async () => {
    const { root, page } = await openWindow();
    const inner = await openPage(
      '<body bgcolor="#ff0000"><style>@media (min-width: 250px) { body { background: blue } }</style>',
    );
    const view = new TestView(inner);
    view.setBounds({ x: 0, y: 0, width: 200, height: 100 });
    root.addChildView(view);
    await expectSoon(() => colourAt(page, 150, 50), 'f00');
    view.setBounds({ x: 0, y: 0, width: 300, height: 150 });
    await expectSoon(() => colourAt(page, 290, 140), '00f');
  });

  it('shows an older, smaller frame at its own size, never stretched', async () => {
    const { root, page } = await openWindow();
    const inner = await openPage('<body bgcolor="#ff0000">');
    const view = new TestView(inner);
    view.setBackgroundColor('#0000ff');
    view.setBounds({ x: 0, y: 0, width: 200, height: 100 });
    root.addChildView(view);
    await expectSoon(() => colourAt(page, 150, 50), 'f00');
    // The page hears nothing more, so its last frame stays what it is.
    inner.send = () => new Promise(() => undefined);
    view.setBounds({ x: 0, y: 0, width: 400, height: 100 });
    await expectSoon(() => colourAt(page, 300, 50), '00f');
    expect(await colourAt(page, 195, 50)).toBe('f00');
  });

  it('keeps views above a modal dialog of the page', async () => {
    const { root, page } = await openWindow();
    const view = new TestView(await openPage('<body bgcolor="#ff0000">'));
    view.setBounds({ x: 0, y: 0, width: 800, height: 600 });
    root.addChildView(view);
    await expectSoon(() => colourAt(page, 400, 300), 'f00');
    await page.send('Runtime.evaluate', { expression: 'd.showModal()' });
    await expectSoon(() => colourAt(page, 400, 300), 'f00');
  });

  it('draws the later of two views on top, and none that is hidden', async () => {
    const { root, page } = await openWindow();
    const red = new TestView(await openPage('<body bgcolor="#ff0000">'));
    const blue = new TestView(await openPage('<body bgcolor="#0000ff">'));
    for (const view of [red, blue]) {
      view.setBounds({ x: 0, y: 0, width: 200, height: 200 });
      root.addChildView(view);
    }
    await expectSoon(() => colourAt(page, 50, 50), '00f');
    root.addChildView(red);
    await expectSoon(() => colourAt(page, 50, 50), 'f00');
    red.setVisible(false);
    await expectSoon(() => colourAt(page, 50, 50), '00f');
    blue.setVisible(false);
    await expectSoon(() => colourAt(page, 50, 50), '0f0');
    red.setVisible(true);
    await expectSoon(() => colourAt(page, 50, 50), 'f00');
  });

  it('gives a view the mouse of its area in its own coordinates, and the page nothing of it', async () => {
    const { root, page, pageFocus } = await openWindow(
      '<body bgcolor="#00ff00"><script>clicks=0;for (const t of ["mousedown","click","pointerdown"]) addEventListener(t,()=>clicks++,true)</script>',
    );
    const view = new TestView(await openPage('<body bgcolor="#ff0000">'));
    view.setBounds({ x: 100, y: 50, width: 300, height: 200 });
    root.addChildView(view);
    await expectSoon(() => colourAt(page, 110, 60), 'f00');
    await click(page, 130, 90);
    expect(view.reports).toContainEqual(
      expect.objectContaining({
        type: 'mousePressed',
        x: 30,
        y: 40,
        button: 'left',
        buttons: 1,
        clickCount: 1,
      }),
    );
    // Each is reported by itself, so the press can be there before the release is.
    await expectSoon(
      () =>
        Promise.resolve(view.reports.some((report) => 'type' in report && report.type === 'mouseReleased')),
      true,
    );
    expect(view.reports).toContainEqual(
      expect.objectContaining({ type: 'mouseReleased', x: 30, y: 40, buttons: 0 }),
    );
    expect(view.focus).toEqual([true]);
    await click(page, 10, 10);
    expect(view.focus).toEqual([true, false]);
    expect(pageFocus).toEqual([false, true]);
    const { result } = await page.send('Runtime.evaluate', { expression: 'clicks' });
    expect(result.value).toBe(3);
  });

  it('gives the focused view the keys, and the page none of them', async () => {
    const { root, page, compositor } = await openWindow(
      '<body><input id="i" autofocus><script>keys=0;addEventListener("keydown",()=>keys++,true)</script>',
    );
    const view = new TestView(await openPage('<body bgcolor="#ff0000">'));
    view.setBounds({ x: 0, y: 100, width: 300, height: 200 });
    root.addChildView(view);
    await expectSoon(() => colourAt(page, 10, 110), 'f00');
    compositor.focus(view);
    await expectSoon(() => Promise.resolve(view.focus), [true]);
    const stroke = { key: 'a', code: 'KeyA', windowsVirtualKeyCode: 65 };
    await page.send('Input.dispatchKeyEvent', { type: 'keyDown', text: 'a', ...stroke });
    await page.send('Input.dispatchKeyEvent', { type: 'keyUp', ...stroke });
    await page.send('Input.insertText', { text: 'ü' });
    await expectSoon(() => Promise.resolve(view.reports.map(({ kind }) => kind)), ['key', 'key', 'text']);
    const { result } = await page.send('Runtime.evaluate', { expression: '`${keys} ${i.value}`' });
    expect(result.value).toBe('0 ');
  });

  it.each([
    [1, 2],
    [2, 1],
    [2, 1.5],
  ])('draws with the display’s pixels: scale %d, zoom %d', async (scale, zoom) => {
    const { root, page } = await openWindow(undefined, async (session) => {
      await session.send('Emulation.setDeviceMetricsOverride', {
        width: 800,
        height: 600,
        deviceScaleFactor: scale,
        mobile: false,
      });
    });
    const pixel = 1 / (scale * zoom);
    // Stripes of four pixels: a picture of fewer pixels, blown up, would have no sharp edges.
    const stripes = `repeating-linear-gradient(90deg, #000 0 ${4 * pixel}px, #fff ${4 * pixel}px ${8 * pixel}px)`;
    const inner = await openPage(`<body style="margin:0;height:100vh;background:${stripes}">`);
    const view = new TestView(inner, zoom);
    view.setBounds({ x: 100, y: 50, width: 300, height: 200 });
    root.addChildView(view);
    const row = () =>
      coloursAt(
        page,
        [0, 3, 4, 7, 8, 595].map((x) => 100 * scale + x),
        60 * scale,
      );
    await expectSoon(row, ['000', '000', 'fff', 'fff', '000', scale === 1 ? '0f0' : '000']);
  });

  it('draws again after the page of the window has loaded another document', async () => {
    const { root, page } = await openWindow();
    const view = new TestView(await openPage('<body bgcolor="#ff0000">'));
    view.setBounds({ x: 100, y: 50, width: 300, height: 200 });
    root.addChildView(view);
    await expectSoon(() => colourAt(page, 110, 60), 'f00');
    await page.send('Page.navigate', { url: 'data:text/html,<body bgcolor="blue">' });
    await expectSoon(() => colourAt(page, 10, 10), '00f');
    await expectSoon(() => colourAt(page, 110, 60), 'f00');
  });
});
