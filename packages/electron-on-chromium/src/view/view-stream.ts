import type { CdpSession } from '../cdp/session.ts';
import { ignoreGone } from '../cdp/gone.ts';
import type { Frame } from './layer-protocol.ts';

export interface StreamSize {
  /** CSS pixels of the page. */
  readonly width: number;
  readonly height: number;
  /** Pixels of the display for one CSS pixel of the page: the display's scale times the page's zoom. */
  readonly scale: number;
}

/** Text stays readable at this JPEG quality, and a frame is still a few kilobytes. */
const quality = 90;

/**
 * Chromium throws a new frame away while two have not been acknowledged, also when it is the last one before the page rests. It
 * is asked for again when nothing has come for so long, in milliseconds.
 */
const framesInFlight = 2;
const restAfter = 100;

/**
 * The picture of one page, frame by frame. It costs nothing while it is stopped or the page rests. Every frame is acknowledged
 * when it comes, so that Chromium goes on at its own pace; of those that come while one is drawn, only the newest is.
 */
export class ViewStream {
  readonly #page: CdpSession;
  readonly #draw: (frame: Frame) => Promise<void>;
  readonly #ends: (() => void)[];
  #size: StreamSize | undefined;
  #running = false;
  #last: Frame | undefined;
  #isDrawing = false;
  #next: Frame | undefined;
  #unacknowledged = 0;
  #rest: NodeJS.Timeout | undefined;

  /** Frames are told in pixels of the display. */
  constructor(page: CdpSession, draw: (frame: Frame) => Promise<void>) {
    this.#page = page;
    this.#draw = draw;
    this.#ends = [
      page.on('Page.screencastFrame', ({ data, sessionId, metadata }) => {
        if (!this.#running) return;
        this.#acknowledge(sessionId);
        this.#last = { image: data, width: metadata.deviceWidth, height: metadata.deviceHeight };
        this.#next = this.#last;
        if (!this.#isDrawing) this.#run(this.#drawAll());
      }),
    ];
  }

  /** The page is laid out and drawn at this size from now on. */
  resize(size: StreamSize): void {
    const before = this.#size;
    if (before?.width === size.width && before.height === size.height && before.scale === size.scale) return;
    this.#size = size;
    this.#last = undefined;
    this.#run(resizePage(this.#page, size));
    // The size of the frames is fixed when a screencast starts.
    this.#castAgain();
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#cast();
  }

  stop(): void {
    if (!this.#running) return;
    this.#running = false;
    clearTimeout(this.#rest);
    this.#rest = undefined;
    this.#run(this.#page.send('Page.stopScreencast'));
  }

  /** Draws the newest frame again, after what showed it was lost. */
  async repeat(): Promise<void> {
    if (this.#last !== undefined) await this.#draw(this.#last);
  }

  end(): void {
    this.stop();
    for (const end of this.#ends) end();
  }

  #acknowledge(sessionId: number): void {
    this.#unacknowledged += 1;
    const mayHaveMissed = this.#rest !== undefined || this.#unacknowledged >= framesInFlight;
    clearTimeout(this.#rest);
    this.#rest = mayHaveMissed ? setTimeout(() => this.#castAgain(), restAfter) : undefined;
    this.#run(
      this.#page.send('Page.screencastFrameAck', { sessionId }).finally(() => (this.#unacknowledged -= 1)),
    );
  }

  async #drawAll(): Promise<void> {
    this.#isDrawing = true;
    try {
      for (let frame = this.#next; frame; frame = this.#next) {
        this.#next = undefined;
        await this.#draw(frame);
      }
    } finally {
      this.#isDrawing = false;
    }
  }

  /** A screencast begins with the picture as it is. */
  #castAgain(): void {
    this.#rest = undefined;
    if (!this.#running) return;
    this.#run(this.#page.send('Page.stopScreencast'));
    this.#cast();
  }

  #cast(): void {
    const { width, height, scale } = this.#size ?? { width: 1, height: 1, scale: 1 };
    this.#run(
      this.#page.send('Page.startScreencast', {
        format: 'jpeg',
        quality,
        maxWidth: Math.ceil(width * scale),
        maxHeight: Math.ceil(height * scale),
        everyNthFrame: 1,
      }),
    );
  }

  #run(command: Promise<unknown>): void {
    command.catch(ignoreGone);
  }
}

/**
 * Lays a page out at a size of its own, whatever the size of its window, and draws it with the display's pixels. A page is at
 * least one pixel.
 *
 * Emulating a scale alone changes what the page is told, while frames keep the size of the page in CSS pixels and look soft when
 * they are blown up. So the page is also drawn larger by the same factor, on a surface that has that size. Input positions are
 * then counted in the surface's pixels.
 */
export async function resizePage(page: CdpSession, { width, height, scale }: StreamSize): Promise<void> {
  const [cssWidth, cssHeight] = [Math.max(1, width), Math.max(1, height)];
  await Promise.all([
    page.send('Emulation.setDeviceMetricsOverride', {
      width: cssWidth,
      height: cssHeight,
      deviceScaleFactor: scale,
      scale,
      mobile: false,
    }),
    // Deprecated in favour of the command above, which cannot tell the two sizes apart.
    page.send('Emulation.setVisibleSize', {
      width: Math.round(cssWidth * scale),
      height: Math.round(cssHeight * scale),
    }),
  ]);
}
