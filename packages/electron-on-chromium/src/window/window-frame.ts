import type { Rectangle } from 'electron';
import { ignoreGone } from '../cdp/gone.ts';
import type { WebContents } from '../web-contents/web-contents.ts';

type WindowState = 'normal' | 'minimized' | 'maximized' | 'fullscreen';

/**
 * The frame that Chromium draws around a window's page: asked over the protocol, remembered here because Electron answers at
 * once. Without a display there is no frame, and only the size of the page is real.
 */
export class WindowFrame {
  readonly #contents: WebContents;
  #windowId: Promise<number> | undefined;

  constructor(contents: WebContents) {
    this.#contents = contents;
  }

  setBounds({ x, y, width, height }: Rectangle): void {
    void this.#ask(async (windowId) => {
      await this.#browser.send('Browser.setWindowBounds', {
        windowId,
        bounds: { left: x, top: y, width, height },
      });
    });
  }

  setState(windowState: WindowState): void {
    void this.#ask((windowId) =>
      this.#browser.send('Browser.setWindowBounds', { windowId, bounds: { windowState } }),
    );
  }

  get #browser() {
    return this.#contents.lease.process.browser;
  }

  async #ask(send: (windowId: number) => Promise<unknown>): Promise<void> {
    try {
      await this.#contents.ready;
      this.#windowId ??= this.#browser
        .send('Browser.getWindowForTarget', { targetId: this.#contents.targetId })
        .then(({ windowId }) => windowId);
      await send(await this.#windowId);
    } catch (error) {
      ignoreGone(error);
    }
  }
}
