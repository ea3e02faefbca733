import type { LoadFileOptions, LoadURLOptions, Rectangle } from 'electron';
import type { ElectronEvent } from '../electron-event.ts';
import type { NativeImage } from '../native-image.ts';
import { onGuestWindow } from '../popup/guest-windows.ts';
import type { BrowserView } from '../view/browser-view.ts';
import type { WebContents } from '../web-contents/web-contents.ts';
import { BaseWindow, type WindowOptions } from './base-window.ts';

/** A window that is one page, and may have views above it. */
export class BrowserWindow extends BaseWindow {
  readonly #browserViews = new Set<BrowserView>();

  constructor(options: WindowOptions = {}) {
    super(options);
    const { webContents } = this;
    webContents.on('page-title-updated', (event: ElectronEvent, title: string, explicitSet: boolean) => {
      this.emit('page-title-updated', event, title, explicitSet);
      if (!event.defaultPrevented) this.setTitle(title);
    });
    // Electron tells it with the first paint; a page that has loaded has been laid out, and its first frame is drawn when it is shown.
    webContents.once('did-finish-load', () => this.emit('ready-to-show'));
  }

  get webContents(): WebContents {
    return this.page;
  }

  static override getAllWindows(): BrowserWindow[] {
    return BaseWindow.getAllWindows().filter((window) => window instanceof BrowserWindow);
  }

  static override fromId(id: number): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.id === id) ?? null;
  }

  static override getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.isFocused()) ?? null;
  }

  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.webContents === contents) ?? null;
  }

  /** The one browser view, or null; with several, an error, as in Electron. */
  getBrowserView(): BrowserView | null {
    const [view = null, ...others] = this.getBrowserViews();
    if (others.length > 0) throw new Error('This window has several browser views: use getBrowserViews().');
    return view;
  }

  setBrowserView(view: BrowserView | null): void {
    for (const other of this.getBrowserViews()) this.removeBrowserView(other);
    if (view) this.addBrowserView(view);
  }

  addBrowserView(view: BrowserView): void {
    this.#browserViews.delete(view);
    this.#browserViews.add(view);
    this.contentView.addChildView(view.view);
  }

  removeBrowserView(view: BrowserView): void {
    if (this.#browserViews.delete(view)) this.contentView.removeChildView(view.view);
  }

  getBrowserViews(): BrowserView[] {
    return [...this.#browserViews];
  }

  /** Throws for one that is not this window's. */
  setTopBrowserView(view: BrowserView): void {
    if (!this.#browserViews.has(view)) throw new Error('Given BrowserView is not attached to the window');
    this.addBrowserView(view);
  }

  loadURL(url: string, options?: LoadURLOptions): Promise<void> {
    return this.webContents.loadURL(url, options);
  }

  loadFile(filePath: string, options?: LoadFileOptions): Promise<void> {
    return this.webContents.loadFile(filePath, options);
  }

  reload(): void {
    this.webContents.reload();
  }

  capturePage(rect?: Rectangle): Promise<NativeImage> {
    return this.webContents.capturePage(rect);
  }

  focusOnWebView(): void {
    this.compositor?.focus(null);
  }
}

// The options name this runtime's own page and parent where Electron's types name Electron's.
onGuestWindow((options) => new BrowserWindow(options as unknown as WindowOptions));
