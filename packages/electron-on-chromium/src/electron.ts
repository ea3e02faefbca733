import { Protocol, registerSchemesAsPrivileged } from './protocol/protocol.ts';
import type { App } from './app/app.ts';
import { CommandLine } from './app/command-line.ts';
import { NavigationHistory } from './navigation/navigation-history.ts';
import { ipcMain } from './ipc/ipc-main.ts';
import { MessageChannelMain } from './ipc/message-port-main.ts';
import { Cookies } from './session/cookies.ts';
import { DownloadItem } from './session/download-item.ts';
import { Session } from './session/session.ts';
import { installUnsupported, withUnsupported } from './support/install-unsupported.ts';
import { Debugger } from './debugger/debugger.ts';
import { clipboard } from './clipboard.ts';
import { ClipboardItem } from './clipboard-item.ts';
import { dialog } from './dialog.ts';
import { Menu } from './menu/menu.ts';
import { MenuItem } from './menu/menu-item.ts';
import { onQuit } from './menu/quit.ts';
import { NativeImage, nativeImage } from './native-image.ts';
import { nativeTheme } from './native-theme.ts';
import { net } from './net.ts';
import { Notification } from './notification.ts';
import { powerMonitor } from './power-monitor.ts';
import { safeStorage } from './safe-storage.ts';
import { screen } from './screen.ts';
import { shell } from './shell.ts';
import { BrowserView } from './view/browser-view.ts';
import { View } from './view/view.ts';
import { WebContentsView } from './view/web-contents-view.ts';
import { webContents, webFrameMain } from './web-contents/registry.ts';
import { WebContents } from './web-contents/web-contents.ts';
import { WebFrameMain } from './web-contents/web-frame-main.ts';
import { BaseWindow } from './window/base-window.ts';
import { BrowserWindow } from './window/browser-window.ts';

/** The module that an app gets for `electron`. */
export function createElectron(app: App) {
  onQuit(() => app.quit());
  const electron = {
    app,
    BaseWindow,
    BrowserView,
    BrowserWindow,
    clipboard,
    ClipboardItem,
    dialog,
    ipcMain,
    Menu,
    MenuItem,
    MessageChannelMain,
    nativeImage,
    nativeTheme,
    net,
    Notification,
    powerMonitor,
    protocol: {
      registerSchemesAsPrivileged,
      handle: (...args: Parameters<Protocol['handle']>) => Session.defaultSession.protocol.handle(...args),
      unhandle: (scheme: string) => Session.defaultSession.protocol.unhandle(scheme),
      isProtocolHandled: (scheme: string) => Session.defaultSession.protocol.isProtocolHandled(scheme),
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
    webFrameMain,
  };
  installUnsupported({
    App: { instance: app },
    BaseWindow: { instance: BaseWindow.prototype, statics: BaseWindow },
    BrowserWindow: { instance: BrowserWindow.prototype, statics: BrowserWindow },
    Clipboard: { instance: clipboard },
    CommandLine: { instance: CommandLine.prototype },
    Cookies: { instance: Cookies.prototype },
    Debugger: { instance: Debugger.prototype },
    Dialog: { instance: dialog },
    DownloadItem: { instance: DownloadItem.prototype },
    Menu: { instance: Menu.prototype, statics: Menu },
    MenuItem: { instance: MenuItem.prototype },
    NativeImage: { instance: NativeImage.prototype, statics: nativeImage },
    NativeTheme: { instance: nativeTheme },
    NavigationHistory: { instance: NavigationHistory.prototype },
    Net: { instance: net },
    Notification: { instance: Notification.prototype, statics: Notification },
    PowerMonitor: { instance: powerMonitor },
    Protocol: { instance: Protocol.prototype },
    SafeStorage: { instance: safeStorage },
    Screen: { instance: screen },
    Session: { instance: Session.prototype, statics: electron.session },
    Shell: { instance: shell },
    View: { instance: View.prototype },
    WebContents: { instance: WebContents.prototype, statics: webContents },
    WebFrameMain: { instance: WebFrameMain.prototype },
  });
  return withUnsupported(electron);
}
