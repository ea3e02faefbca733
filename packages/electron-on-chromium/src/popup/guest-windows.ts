import type { BrowserWindowConstructorOptions } from 'electron';
import type { WebContents } from '../web-contents/web-contents.ts';

type Maker = (options: BrowserWindowConstructorOptions & { readonly webContents: WebContents }) => unknown;

let make: Maker | undefined;

/** Called by the module of `BrowserWindow`, which web contents must not import: windows are made of web contents. */
export function onGuestWindow(maker: Maker): void {
  make = maker;
}

/** The window that Electron makes by itself for a page that another page has opened. */
export function openGuestWindow(contents: WebContents, options: BrowserWindowConstructorOptions): unknown {
  if (!make) throw new Error('A page has opened a window before the app could make windows.');
  return make({ ...options, webContents: contents });
}
