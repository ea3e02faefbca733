import type { ElectronAPI } from '@retrace/protocol';

declare global {
  interface Window {
    /** Put there by the preload script. */
    readonly electronAPI: ElectronAPI;
  }
}

export const electronAPI = window.electronAPI;
