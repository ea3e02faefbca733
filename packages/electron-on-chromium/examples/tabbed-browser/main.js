import { join } from 'node:path';
import { app, BrowserWindow, ipcMain, Menu } from 'electron';
import { applicationMenu } from './menu.js';
import { Tabs } from './tabs.js';
import { toAddress } from './address.js';

async function createWindow() {
  const window = new BrowserWindow({
    width: 1100,
    height: 750,
    title: 'Tabbed Browser',
    webPreferences: { preload: join(import.meta.dirname, 'preload.cjs') },
  });
  const tabs = new Tabs(window);
  const page = window.webContents;

  Menu.setApplicationMenu(
    applicationMenu({
      openTab: () => tabs.open(),
      closeTab: () => tabs.close(),
      nextTab: () => tabs.step(1),
      previousTab: () => tabs.step(-1),
      focusAddress: () => {
        page.focus();
        page.send('address:focus');
      },
      find: () => {
        page.focus();
        page.send('find:open');
      },
      back: () => tabs.contents?.navigationHistory.goBack(),
      forward: () => tabs.contents?.navigationHistory.goForward(),
      reload: () => tabs.contents?.reload(),
    }),
  );

  tabs.on('changed', (state) => page.send('tabs:changed', state));
  tabs.on('found', (result) => page.send('find:result', result));
  page.ipc.on('toolbar:height', (_event, height) => tabs.layOut(height));
  page.ipc.on('tabs:open', () => tabs.open());
  page.ipc.on('tabs:close', (_event, id) => tabs.close(id));
  page.ipc.on('tabs:select', (_event, id) => tabs.select(id));
  page.ipc.on('tabs:load', (_event, typed) => tabs.load(toAddress(typed)));
  page.ipc.on('tabs:back', () => tabs.contents?.navigationHistory.goBack());
  page.ipc.on('tabs:forward', () => tabs.contents?.navigationHistory.goForward());
  page.ipc.on('tabs:reload', () => tabs.contents?.reload());
  page.ipc.on('find:text', (_event, text, forward, isNext) => tabs.find(text, { forward, isNext }));
  page.ipc.on('find:close', () => tabs.stopFinding());
  ipcMain.handle('tabs:state', () => tabs.state);

  window.on('closed', () => ipcMain.removeHandler('tabs:state'));

  await window.loadFile(join(import.meta.dirname, 'page', 'index.html'));
  tabs.open();
}

app.whenReady().then(createWindow);
app.on('window-all-closed', () => app.quit());
