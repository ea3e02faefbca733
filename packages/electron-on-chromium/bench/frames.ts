import { decode } from 'jpeg-js';
import type { CDPSession } from 'playwright-core';
import type { CdpSession } from '../src/cdp/session.ts';
// Other projects' programs, which have these files in them, do not find the declarations by themselves.
import type {} from './globals.d.ts';
import { type BenchApp, openPage, startChromium, withApp, withFolder } from './bench-app.ts';

const view = { width: 400, height: 300 };
const watched = 3_000;
const clicks = 40;
/** Frames are kept small, so that looking at them costs little. */
const seen = { maxWidth: 200, maxHeight: 150 };

const pageOf = (script: string): string =>
  `data:text/html,${encodeURIComponent(`<body style="margin:0;background:#888"><script>${script}</script>`)}`;

/** Another shade with every frame; neighbouring ones are far enough apart for JPEG. */
const animated = pageOf(`let n = 0; const step = () => {
  document.body.style.background = ['#000', '#555', '#aaa', '#fff'][n++ % 4]; requestAnimationFrame(step); }; step();`);
const still = pageOf('');
const clicked = pageOf(`let on = false; addEventListener('mousedown', () => {
  on = !on; document.body.style.background = on ? '#fff' : '#000'; });`);

interface Picture {
  readonly at: number;
  readonly image: string;
}

type Screencast = (listener: (picture: Picture) => void) => Promise<() => Promise<unknown>>;

/** Both kinds of session speak the same protocol, each with types of its own. */
function screencastOf(session: CdpSession | CDPSession): Screencast {
  const page = session as CDPSession;
  return async (listener) => {
    page.on('Page.screencastFrame', ({ data, sessionId }) => {
      void page.send('Page.screencastFrameAck', { sessionId });
      listener({ at: performance.now(), image: data });
    });
    await page.send('Page.startScreencast', { format: 'jpeg', quality: 60, ...seen });
    return () => page.send('Page.stopScreencast');
  };
}

/** The shade of a place in a picture, 0 to 255; the place is a share of its width and height. */
function shadeAt({ image }: Picture, x: number, y: number): number {
  const { width, height, data } = decode(Buffer.from(image, 'base64'));
  return data[(Math.floor(y * height) * width + Math.floor(x * width)) * 4] ?? 0;
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function collect(cast: Screencast): Promise<Picture[]> {
  const pictures: Picture[] = [];
  const end = await cast((picture) => pictures.push(picture));
  await wait(watched);
  await end();
  return pictures;
}

/** How often a second the shade at one place changes. */
function changesAt(pictures: readonly Picture[], x: number): number {
  const shades = pictures.map((picture) => shadeAt(picture, x, 0.25));
  const changes = shades.filter((shade, index) => Math.abs(shade - (shades[index - 1] ?? shade)) > 40);
  return (changes.length / watched) * 1000;
}

const show = ({ app }: BenchApp, url: string, index: number): Promise<void> =>
  app.evaluate((_electron, [page, partition, bounds]) => globalThis.show(page, partition, bounds), [
    url,
    `persist:frames-${index}`,
    { x: index * view.width, y: 0, ...view },
  ] as const);

/** Frames a second of each of `count` animated pages of bare Chromiums, cast at once. */
async function bareFrames(count: number): Promise<number> {
  return withFolder(async (folder) => {
    const started = await Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const chromium = await startChromium(`${folder}/${index}`);
        return { chromium, page: await openPage(chromium, animated, view) };
      }),
    );
    const casts = await Promise.all(started.map(({ page }) => collect(screencastOf(page))));
    await Promise.all(started.map(({ chromium }) => chromium.close()));
    return Math.min(...casts.map((pictures) => changesAt(pictures, 0.5)));
  });
}

/** What a person sees in a window of 800 × 600: the slowest of its views counts. */
async function windowFrames(count: number): Promise<number> {
  return withApp(async (started) => {
    for (let index = 0; index < count; index += 1) await show(started, animated, index);
    const pictures = await collect(screencastOf(started.cdp));
    return Math.min(...Array.from({ length: count }, (_, index) => changesAt(pictures, 0.25 + index * 0.5)));
  });
}

/** From a press of the mouse to a picture of the window that shows what the page made of it, in milliseconds. */
async function inputLatency(): Promise<number[]> {
  return withApp(async (started) => {
    await show(started, clicked, 0);
    let looking: ((picture: Picture) => void) | undefined;
    await screencastOf(started.cdp)((picture) => looking?.(picture));
    const at = { x: 200, y: 150, button: 'left', clickCount: 1 } as const;
    const took: number[] = [];
    for (let click = 0; click < clicks; click += 1) {
      const begun = performance.now();
      const changed = new Promise<number>((resolve) => {
        looking = (picture) => {
          const shade = shadeAt(picture, 0.25, 0.25);
          if (click % 2 === 0 ? shade > 200 : shade < 50) resolve(picture.at - begun);
        };
      });
      await started.cdp.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...at });
      took.push(await changed);
      await started.cdp.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...at });
      await wait(50);
    }
    return took;
  });
}

/** Frames a second that a window with a view shows while nothing in it moves. */
async function stillFrames(): Promise<number> {
  return withApp(async (started) => {
    await show(started, still, 0);
    await wait(1_000);
    let frames = 0;
    let counts = false;
    const end = await screencastOf(started.cdp)(() => (frames += counts ? 1 : 0));
    // A screencast begins with the picture as it is.
    await wait(1_000);
    counts = true;
    await wait(watched);
    await end();
    return (frames / watched) * 1000;
  });
}

export async function measureFrames() {
  return {
    bareOne: await bareFrames(1),
    one: await windowFrames(1),
    bareTwo: await bareFrames(2),
    two: await windowFrames(2),
    latency: await inputLatency(),
    still: await stillFrames(),
  };
}
