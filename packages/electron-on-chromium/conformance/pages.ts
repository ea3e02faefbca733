import type { Page } from './page.ts';
import { app } from './pages/app.ts';
import { baseWindow } from './pages/base-window.ts';
import { browserView } from './pages/browser-view.ts';
import { browserWindow } from './pages/browser-window.ts';
import { clipboard } from './pages/clipboard.ts';
import { commandLine } from './pages/command-line.ts';
import { contextBridge } from './pages/context-bridge.ts';
import { cookies } from './pages/cookies.ts';
import { debugger_ } from './pages/debugger.ts';
import { dialog } from './pages/dialog.ts';
import { downloadItem } from './pages/download-item.ts';
import { ipcMain } from './pages/ipc-main.ts';
import { ipcRenderer } from './pages/ipc-renderer.ts';
import { menuItem } from './pages/menu-item.ts';
import { menu } from './pages/menu.ts';
import { messageChannelMain } from './pages/message-channel-main.ts';
import { nativeImage } from './pages/native-image.ts';
import { nativeTheme } from './pages/native-theme.ts';
import { navigationHistory } from './pages/navigation-history.ts';
import { net } from './pages/net.ts';
import { notification } from './pages/notification.ts';
import { process_ } from './pages/process.ts';
import { protocol } from './pages/protocol.ts';
import { safeStorage } from './pages/safe-storage.ts';
import { screen } from './pages/screen.ts';
import { session } from './pages/session.ts';
import { shell } from './pages/shell.ts';
import { view } from './pages/view.ts';
import { webContentsView } from './pages/web-contents-view.ts';
import { webContents } from './pages/web-contents.ts';
import { webFrameMain } from './pages/web-frame-main.ts';
import { webRequest } from './pages/web-request.ts';

/** Every page of the documentation that has cases. */
export const pages: readonly Page[] = [
  app,
  baseWindow,
  browserView,
  browserWindow,
  clipboard,
  commandLine,
  contextBridge,
  cookies,
  debugger_,
  dialog,
  downloadItem,
  ipcMain,
  ipcRenderer,
  menuItem,
  menu,
  messageChannelMain,
  nativeImage,
  nativeTheme,
  navigationHistory,
  net,
  notification,
  process_,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  view,
  webContentsView,
  webContents,
  webFrameMain,
  webRequest,
];
