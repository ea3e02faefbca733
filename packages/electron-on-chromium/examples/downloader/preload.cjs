const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('downloads', {
  chooseFolder: () => ipcRenderer.invoke('download:folder'),
  start: (url) => ipcRenderer.invoke('download:start', url),
  cancel: (id) => ipcRenderer.send('download:cancel', id),
  show: (id) => ipcRenderer.send('download:show', id),
  /** Calls `listener` at every change; the function that it answers ends that. */
  onChanged(listener) {
    const tell = (_event, download) => listener(download);
    ipcRenderer.on('download:changed', tell);
    return () => ipcRenderer.removeListener('download:changed', tell);
  },
});
