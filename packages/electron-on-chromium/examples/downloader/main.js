import { join } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, shell } from 'electron';
import { Downloads } from './downloads.js';

/** Asks where a file goes; the answer is null when nobody wants it after all. */
async function askFolder(window) {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Save into',
    buttonLabel: 'Save here',
    defaultPath: app.getPath('downloads'),
    properties: ['openDirectory', 'createDirectory'],
  });
  return canceled ? null : filePaths[0];
}

function createWindow() {
  const window = new BrowserWindow({
    width: 640,
    height: 480,
    title: 'Downloader',
    webPreferences: { preload: join(import.meta.dirname, 'preload.cjs') },
  });
  const { session } = window.webContents;
  const downloads = new Downloads();
  let folder = app.getPath('downloads');

  session.on('will-download', (_event, item) => downloads.add(item, folder));
  downloads.on('changed', (shown) => {
    if (!window.isDestroyed()) window.webContents.send('download:changed', shown);
  });

  ipcMain.handle('download:folder', async () => {
    folder = (await askFolder(window)) ?? folder;
    return folder;
  });
  ipcMain.handle('download:start', (_event, url) => {
    if (!URL.canParse(url)) throw new TypeError(`${url} is not an address`);
    window.webContents.downloadURL(url);
  });
  ipcMain.on('download:cancel', (_event, id) => downloads.cancel(id));
  ipcMain.on('download:show', (_event, id) => shell.showItemInFolder(downloads.pathOf(id)));

  window.on('close', (event) => {
    if (downloads.running === 0) return;
    event.preventDefault();
    void confirmClose(window, downloads);
  });
  window.loadFile(join(import.meta.dirname, 'page', 'index.html'));
}

async function confirmClose(window, downloads) {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: `${downloads.running} download(s) have not ended.`,
    detail: 'What has come of them so far is thrown away.',
    buttons: ['Go on', 'Cancel them and close'],
    defaultId: 0,
    cancelId: 0,
  });
  if (response === 0) return;
  downloads.cancelAll();
  window.destroy();
}

app.whenReady().then(createWindow);
app.on('window-all-closed', () => app.quit());
