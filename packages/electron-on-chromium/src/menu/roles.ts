import type { MenuItemConstructorOptions } from 'electron';
import { quitApp } from './quit.ts';
import type { BaseWindow } from '../window/base-window.ts';
import type { WebContents } from '../web-contents/web-contents.ts';
import { unsupported } from '../unsupported.ts';

export type RoleName = NonNullable<MenuItemConstructorOptions['role']>;

type Action = (window: BaseWindow | undefined, contents: WebContents | undefined) => boolean;

interface Role {
  readonly label: string;
  readonly accelerator?: string;
  /** Chromium itself carries these keys out in the page that has them, so the menu must not take them away. */
  readonly keysAreThePages?: true;
  /** Answers whether there was something to carry it out on. Left out for what only heads a submenu or has no meaning here. */
  readonly carryOut?: Action;
  readonly submenu?: readonly MenuItemConstructorOptions[];
}

const quitKeys = process.platform === 'win32' ? {} : { accelerator: 'CommandOrControl+Q' };
const redoKeys = process.platform === 'win32' ? 'Control+Y' : 'Shift+CommandOrControl+Z';

const onPage = (run: (page: WebContents) => void): Action => {
  return (_window, contents) => {
    if (contents) run(contents);
    return contents !== undefined;
  };
};

const onWindow = (run: (window: BaseWindow) => void): Action => {
  return (window) => {
    if (window) run(window);
    return window !== undefined;
  };
};

const quit = (): true => {
  quitApp();
  return true;
};

/** What Electron gives an item of each role (electron/lib/browser/api/menu-item-roles.ts). Names are in lower case, as there. */
const roles: Readonly<Record<string, Role>> = {
  undo: {
    label: 'Undo',
    accelerator: 'CommandOrControl+Z',
    keysAreThePages: true,
    carryOut: onPage((page) => page.undo()),
  },
  redo: {
    label: 'Redo',
    accelerator: redoKeys,
    keysAreThePages: true,
    carryOut: onPage((page) => page.redo()),
  },
  cut: {
    label: 'Cut',
    accelerator: 'CommandOrControl+X',
    keysAreThePages: true,
    carryOut: onPage((page) => page.cut()),
  },
  copy: {
    label: 'Copy',
    accelerator: 'CommandOrControl+C',
    keysAreThePages: true,
    carryOut: onPage((page) => page.copy()),
  },
  paste: {
    label: 'Paste',
    accelerator: 'CommandOrControl+V',
    keysAreThePages: true,
    carryOut: onPage((page) => page.paste()),
  },
  delete: { label: 'Delete', carryOut: onPage((page) => page.delete()) },
  selectall: {
    label: 'Select All',
    accelerator: 'CommandOrControl+A',
    keysAreThePages: true,
    carryOut: onPage((page) => page.selectAll()),
  },
  reload: { label: 'Reload', accelerator: 'CommandOrControl+R', carryOut: onPage((page) => page.reload()) },
  forcereload: {
    label: 'Force Reload',
    accelerator: 'Shift+CommandOrControl+R',
    carryOut: onPage((page) => page.reloadIgnoringCache()),
  },
  toggledevtools: {
    label: 'Toggle Developer Tools',
    accelerator: process.platform === 'darwin' ? 'Alt+Command+I' : 'Control+Shift+I',
    carryOut: () => unsupported('MenuItem.role toggleDevTools'),
  },
  resetzoom: {
    label: 'Actual Size',
    accelerator: 'CommandOrControl+0',
    carryOut: onPage((page) => page.setZoomLevel(0)),
  },
  zoomin: {
    label: 'Zoom In',
    accelerator: 'CommandOrControl+Plus',
    carryOut: onPage((page) => page.setZoomLevel(page.getZoomLevel() + 0.5)),
  },
  zoomout: {
    label: 'Zoom Out',
    accelerator: 'CommandOrControl+-',
    carryOut: onPage((page) => page.setZoomLevel(page.getZoomLevel() - 0.5)),
  },
  togglefullscreen: {
    label: 'Toggle Full Screen',
    accelerator: process.platform === 'darwin' ? 'Control+Command+F' : 'F11',
    carryOut: onWindow((window) => window.setFullScreen(!window.isFullScreen())),
  },
  minimize: {
    label: 'Minimize',
    accelerator: 'CommandOrControl+M',
    carryOut: onWindow((window) => window.minimize()),
  },
  zoom: { label: 'Zoom', carryOut: onWindow((window) => window.maximize()) },
  close: {
    label: 'Close Window',
    accelerator: 'CommandOrControl+W',
    carryOut: onWindow((window) => window.close()),
  },
  quit: { label: process.platform === 'win32' ? 'Exit' : 'Quit', ...quitKeys, carryOut: quit },
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
      { role: 'toggleDevTools' },
      { type: 'separator' },
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  },
  windowmenu: { label: 'Window', submenu: [{ role: 'minimize' }, { role: 'zoom' }, { role: 'close' }] },
  appmenu: { label: 'Electron', submenu: [{ role: 'about' }, { type: 'separator' }, { role: 'quit' }] },
};

/** Undefined for a role that has no meaning on this runtime, such as those of the dock. */
export function roleNamed(name: RoleName): Role | undefined {
  return roles[name.toLowerCase()];
}
