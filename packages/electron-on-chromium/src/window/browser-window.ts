import type { LoadFileOptions, LoadURLOptions, Rectangle } from 'electron';
import type { ElectronEvent } from '../electron-event.ts';
import type { NativeImage } from '../native-image.ts';
import { onGuestWindow } from '../popup/guest-windows.ts';
import type { WebContents } from '../web-contents/web-contents.ts';
import { BaseWindow, type WindowOptions } from './base-window.ts';

/** A window that is one page, and may have views above it. */
export class BrowserWindow extends BaseWindow {
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
