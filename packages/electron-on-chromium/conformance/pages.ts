import type { Page } from './page.ts';
import { commandLine } from './pages/command-line.ts';
import { contextBridge } from './pages/context-bridge.ts';
import { ipcMain } from './pages/ipc-main.ts';
import { ipcRenderer } from './pages/ipc-renderer.ts';
import { menuItem } from './pages/menu-item.ts';
import { menu } from './pages/menu.ts';
import { nativeImage } from './pages/native-image.ts';

/** Every page of the documentation that has cases. */
export const pages: readonly Page[] = [
  commandLine,
  contextBridge,
  ipcMain,
  ipcRenderer,
  menu,
  menuItem,
  nativeImage,
];
