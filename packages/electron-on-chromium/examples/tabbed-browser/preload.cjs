const { contextBridge, ipcRenderer } = require('electron');

const listen = (channel) => (listener) =>
  ipcRenderer.on(channel, (_event, ...args) => {
    listener(...args);
  });

contextBridge.exposeInMainWorld('browser', {
  state: () => ipcRenderer.invoke('tabs:state'),
  open: () => ipcRenderer.send('tabs:open'),
  close: (id) => ipcRenderer.send('tabs:close', id),
  select: (id) => ipcRenderer.send('tabs:select', id),
  load: (typed) => ipcRenderer.send('tabs:load', typed),
  back: () => ipcRenderer.send('tabs:back'),
  forward: () => ipcRenderer.send('tabs:forward'),
  reload: () => ipcRenderer.send('tabs:reload'),
  find: (text, forward, isNext) => ipcRenderer.send('find:text', text, forward, isNext),
  closeFind: () => ipcRenderer.send('find:close'),
  setHeight: (height) => ipcRenderer.send('toolbar:height', height),
  onChanged: listen('tabs:changed'),
  onFindOpened: listen('find:open'),
  onFound: listen('find:result'),
  onAddressFocused: listen('address:focus'),
});
