import { registerSchemesAsPrivileged } from './protocol/protocol.ts';
import type { App } from './app/app.ts';
import { ipcMain } from './ipc/ipc-main.ts';
import { Session } from './session/session.ts';
import { View } from './view/view.ts';
import { webContents } from './web-contents/registry.ts';
import { BaseWindow } from './window/base-window.ts';
import { BrowserWindow } from './window/browser-window.ts';

/** The module that an app gets for `electron`. */
export function createElectron(app: App) {
  return {
    app,
    BaseWindow,
    BrowserWindow,
    ipcMain,
    protocol: {
      registerSchemesAsPrivileged,
    },
    session: {
      fromPartition: (partition: string) => Session.fromPartition(partition),
      get defaultSession() {
        return Session.defaultSession;
      },
    },
    View,
    webContents,
  };
}
