import { Menu } from 'electron';

/** The application's menu; `actions` are what its items do. */
export function applicationMenu(actions) {
  const isMac = process.platform === 'darwin';
  return Menu.buildFromTemplate([
    ...(isMac ? [{ role: 'appMenu' }] : []),
    {
      label: 'File',
      submenu: [
        { label: 'New Tab', accelerator: 'CommandOrControl+T', click: actions.openTab },
        { label: 'Close Tab', accelerator: 'CommandOrControl+W', click: actions.closeTab },
        { type: 'separator' },
        { label: 'Open Address…', accelerator: 'CommandOrControl+L', click: actions.focusAddress },
        { type: 'separator' },
        { role: isMac ? 'close' : 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { label: 'Reload', accelerator: 'CommandOrControl+R', click: actions.reload },
        { label: 'Find in Page…', accelerator: 'CommandOrControl+F', click: actions.find },
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
      ],
    },
    {
      label: 'Go',
      submenu: [
        { label: 'Back', accelerator: isMac ? 'Command+[' : 'Alt+Left', click: actions.back },
        { label: 'Forward', accelerator: isMac ? 'Command+]' : 'Alt+Right', click: actions.forward },
        { type: 'separator' },
        { label: 'Next Tab', accelerator: 'Control+Tab', click: actions.nextTab },
        { label: 'Previous Tab', accelerator: 'Control+Shift+Tab', click: actions.previousTab },
      ],
    },
  ]);
}
