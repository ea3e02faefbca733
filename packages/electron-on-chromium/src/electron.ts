import { registerSchemesAsPrivileged } from './protocol/protocol.ts';
import type { App } from './app/app.ts';
import { ipcMain } from './ipc/ipc-main.ts';
import { Session } from './session/session.ts';
import { clipboard } from './clipboard.ts';
import { dialog } from './dialog.ts';
import { Menu } from './menu/menu.ts';
import { MenuItem } from './menu/menu-item.ts';
import { onQuit } from './menu/quit.ts';
import { nativeImage } from './native-image.ts';
import { nativeTheme } from './native-theme.ts';
import { Notification } from './notification.ts';
import { powerMonitor } from './power-monitor.ts';
import { safeStorage } from './safe-storage.ts';
import { screen } from './screen.ts';
import { shell } from './shell.ts';
import { View } from './view/view.ts';
import { WebContentsView } from './view/web-contents-view.ts';
import { webContents } from './web-contents/registry.ts';
import { BaseWindow } from './window/base-window.ts';
import { BrowserWindow } from './window/browser-window.ts';

/** The module that an app gets for `electron`. */
export function createElectron(app: App) {
  onQuit(() => app.quit());
  return {
    app,
    BaseWindow,
    BrowserWindow,
    clipboard,
    dialog,
    ipcMain,
    Menu,
    MenuItem,
    nativeImage,
    nativeTheme,
    Notification,
    powerMonitor,
    protocol: {
      registerSchemesAsPrivileged,
    },
    safeStorage,
    screen,
    session: {
      fromPartition: (partition: string) => Session.fromPartition(partition),
      get defaultSession() {
        return Session.defaultSession;
      },
    },
    shell,
    View,
    webContents,
    WebContentsView,
  };
}
