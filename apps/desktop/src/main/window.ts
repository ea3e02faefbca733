import { BrowserWindow, nativeTheme } from 'electron';
import type { Session } from 'electron';
import { isAppUrl, APP_INDEX } from './app-url.ts';
import { guardNavigation } from './security/navigation-policy.ts';
import { windowPreferences } from './security/web-preferences.ts';

/** What shows for the moment before the page is drawn; the page's own backgrounds, see the renderer's tokens. */
const BACKGROUND = { light: '#f6f6f4', dark: '#1b1c1f' };

/** Makes the application's window, hidden and empty: security rows 2 and 10. `loadWindow` fills it. */
export function makeWindow(options: {
  readonly preload: string;
  readonly session: Session;
  readonly isPackaged: boolean;
  readonly note: (message: string) => void;
}): BrowserWindow {
  const window = new BrowserWindow({
    // Electron keeps size, place and display mode under this name.
    name: 'main',
    windowStatePersistence: true,
    title: 'Retrace',
    width: 1280,
    height: 860,
    minWidth: 720,
    minHeight: 480,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: windowPreferences(options),
  });
  const { webContents } = window;
  guardNavigation(
    webContents,
    (url) =>
      isAppUrl(url) ? { allowed: true, url } : { allowed: false, reason: 'The window shows only Retrace.' },
    ({ url }) => options.note(`The window was kept from ${url}`),
  );
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  return window;
}

/** Loads the application's page and shows the window as soon as there is something to see. */
export async function loadWindow(window: BrowserWindow): Promise<void> {
  window.once('ready-to-show', () => window.show());
  await window.loadURL(APP_INDEX);
}

/** Brings the window before the person. */
export function focusWindow(window: BrowserWindow | null): void {
  if (window === null || window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
