import type { MenuItemConstructorOptions } from 'electron';
import { quitApp } from './quit.ts';
import { windows } from '../window/window-registry.ts';
import type { BaseWindow } from '../window/base-window.ts';
import type { WebContents } from '../web-contents/web-contents.ts';
import { webContents } from '../web-contents/registry.ts';

export type RoleName = NonNullable<MenuItemConstructorOptions['role']>;

interface Role {
  readonly label: string;
  readonly accelerator?: string;
  /** Chromium itself carries these keys out in the page that has them, so the menu must not take them away. */
  readonly keysAreThePages?: true;
  /** Undefined for what only heads a submenu or has no meaning here. */
  readonly run?: (contents: WebContents | undefined, window: BaseWindow | undefined) => void;
  readonly submenu?: readonly MenuItemConstructorOptions[];
}

const quitKeys = process.platform === 'win32' ? {} : { accelerator: 'CommandOrControl+Q' };
const redoKeys = process.platform === 'win32' ? 'Control+Y' : 'Shift+CommandOrControl+Z';

/** What Electron gives an item of each role (electron/lib/browser/api/menu-item-roles.ts). Names are in lower case, as there. */
const roles: Readonly<Record<string, Role>> = {
  undo: {
    label: 'Undo',
    accelerator: 'CommandOrControl+Z',
    keysAreThePages: true,
    run: (page) => page?.undo(),
  },
  redo: { label: 'Redo', accelerator: redoKeys, keysAreThePages: true, run: (page) => page?.redo() },
  cut: { label: 'Cut', accelerator: 'CommandOrControl+X', keysAreThePages: true, run: (page) => page?.cut() },
  copy: {
    label: 'Copy',
    accelerator: 'CommandOrControl+C',
    keysAreThePages: true,
    run: (page) => page?.copy(),
  },
  paste: {
    label: 'Paste',
    accelerator: 'CommandOrControl+V',
    keysAreThePages: true,
    run: (page) => page?.paste(),
  },
  delete: { label: 'Delete', run: (page) => page?.delete() },
  selectall: {
    label: 'Select All',
    accelerator: 'CommandOrControl+A',
    keysAreThePages: true,
    run: (page) => page?.selectAll(),
  },
  reload: { label: 'Reload', accelerator: 'CommandOrControl+R', run: (page) => page?.reload() },
  forcereload: {
    label: 'Force Reload',
    accelerator: 'Shift+CommandOrControl+R',
    run: (page) => page?.reloadIgnoringCache(),
  },
  resetzoom: {
    label: 'Actual Size',
    accelerator: 'CommandOrControl+0',
    run: (page) => page?.setZoomLevel(0),
  },
  zoomin: { label: 'Zoom In', accelerator: 'CommandOrControl+Plus', run: (page) => zoomBy(page, 0.5) },
  zoomout: { label: 'Zoom Out', accelerator: 'CommandOrControl+-', run: (page) => zoomBy(page, -0.5) },
  togglefullscreen: {
    label: 'Toggle Full Screen',
    accelerator: process.platform === 'darwin' ? 'Control+Command+F' : 'F11',
    run: (_page, window) => window?.setFullScreen(!window.isFullScreen()),
  },
  minimize: {
    label: 'Minimize',
    accelerator: 'CommandOrControl+M',
    run: (_page, window) => window?.minimize(),
  },
  close: {
    label: 'Close Window',
    accelerator: 'CommandOrControl+W',
    run: (_page, window) => window?.close(),
  },
  quit: { label: process.platform === 'win32' ? 'Exit' : 'Quit', ...quitKeys, run: () => quitApp() },
  about: { label: 'About' },
  help: { label: 'Help' },
  window: { label: 'Window' },
  filemenu: { label: 'File', submenu: [{ role: process.platform === 'darwin' ? 'close' : 'quit' }] },
  editmenu: {
    label: 'Edit',
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      { type: 'separator' },
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'delete' },
      { type: 'separator' },
      { role: 'selectAll' },
    ],
  },
  viewmenu: {
    label: 'View',
    submenu: [
      { role: 'reload' },
      { role: 'forceReload' },
      { type: 'separator' },
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  },
  windowmenu: { label: 'Window', submenu: [{ role: 'minimize' }, { role: 'close' }] },
  appmenu: { label: 'Electron', submenu: [{ role: 'about' }, { type: 'separator' }, { role: 'quit' }] },
};

/** Undefined for a role that has no meaning on this runtime, such as those of the dock. */
export function roleNamed(name: RoleName): Role | undefined {
  return roles[name.toLowerCase()];
}

/** Carries a role out where the keyboard is. */
export function runRole(role: Role): void {
  const window = windows.all().find((candidate) => candidate.isFocused());
  role.run?.(webContents.getFocusedWebContents() ?? undefined, window);
}

function zoomBy(page: WebContents | undefined, step: number): void {
  page?.setZoomLevel(page.getZoomLevel() + step);
}
