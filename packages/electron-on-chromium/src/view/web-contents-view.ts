import type { WebContentsViewConstructorOptions } from 'electron';
import { WebContents, type WebPreferences } from '../web-contents/web-contents.ts';
import { View } from './view.ts';
import { resizePage } from './view-stream.ts';
import type { DrawnPage, PageView } from './window-compositor.ts';
import { ignoreGone } from '../cdp/gone.ts';

/** A view that shows a page of its own. */
export class WebContentsView extends View implements PageView {
  readonly webContents: WebContents;

  /** `webContents` takes over one that is there already, such as that of a popup; it cannot be in two views at once. */
  constructor(options: WebContentsViewConstructorOptions = {}) {
    // A page without a background of its own is white, as in a browser.
    super('#ffffff');
    const { webContents, webPreferences } = options;
    // The app can only have got these from this runtime, whose classes Electron's types stand for.
    this.webContents = webContents
      ? (webContents as unknown as WebContents)
      : new WebContents({ webPreferences: webPreferences as WebPreferences | undefined });
    this.webContents.once('destroyed', () => this.changed());
    this.on('bounds-changed', () => this.#resize());
  }

  /** For the runtime only. */
  get page(): DrawnPage | undefined {
    return this.webContents.isDestroyed() ? undefined : this.webContents.input;
  }

  /** Also while no window draws it, so that what it measures is right when it is shown. */
  #resize(): void {
    const { ready } = this.webContents;
    ready
      .then(() => {
        if (this.webContents.input.isDrawn) return undefined;
        const { width, height } = this.getBounds();
        return resizePage(this.webContents.cdp, { width, height, scale: 1 });
      })
      .catch(ignoreGone);
  }
}
