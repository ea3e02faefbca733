import type { Rectangle } from 'electron';
import type { WebContents } from '../web-contents/web-contents.ts';
import { WebContentsView } from './web-contents-view.ts';

/** Electron's deprecated wrapper of a `WebContentsView`, which windows take as children under names of their own. */
export class BrowserView {
  readonly webContents: WebContents;
  /** For the runtime: what is really a child of the window's content view. */
  readonly view: WebContentsView;

  constructor(options: ConstructorParameters<typeof WebContentsView>[0] = {}) {
    this.view = new WebContentsView(options);
    this.webContents = this.view.webContents;
  }

  getBounds(): Rectangle {
    return this.view.getBounds();
  }

  setBounds(bounds: Rectangle): void {
    this.view.setBounds(bounds);
  }

  setBackgroundColor(color: string): void {
    this.view.setBackgroundColor(color);
  }
}
