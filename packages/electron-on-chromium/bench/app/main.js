import { join } from 'node:path';
import { app, BrowserWindow, ipcMain, session, WebContentsView } from 'electron';

/** What the benchmark reaches from `electronApp.evaluate`. */
globalThis.show = async (url, partition, bounds) => {
  const [window] = BrowserWindow.getAllWindows();
  const view = new WebContentsView({ webPreferences: { session: session.fromPartition(partition) } });
  view.setBounds(bounds);
  window.contentView.addChildView(view);
  await view.webContents.loadURL(url);
};

ipcMain.handle('echo', (_event, value) => value);

app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 800,
    height: 600,
    show: false,
    webPreferences: { preload: join(import.meta.dirname, 'preload.cjs') },
  });
  window.once('ready-to-show', () => {
    console.log(`ready-to-show ${Date.now()}`);
    window.show();
  });
  window.loadFile(join(import.meta.dirname, 'page.html'));
});
