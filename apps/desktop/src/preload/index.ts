import { contextBridge, ipcRenderer } from 'electron';
import type { IpcRendererEvent } from 'electron';
import { makeElectronAPI } from './electron-api.ts';

contextBridge.exposeInMainWorld(
  'electronAPI',
  makeElectronAPI({
    invoke: (channel, args) => ipcRenderer.invoke(channel, ...args),
    on(channel, listener) {
      // The event stays here: it carries `ipcRenderer` itself as its sender.
      const receive = (_event: IpcRendererEvent, message: Parameters<typeof listener>[0]) =>
        listener(message);
      ipcRenderer.on(channel, receive);
      return () => {
        ipcRenderer.removeListener(channel, receive);
      };
    },
  }),
);
