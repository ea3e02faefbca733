import type * as Electron from 'electron';
import type { Session } from '../session/session.ts';

/** Electron's `WebPreferences`, with this runtime's own session class. */
export type WebPreferences = Omit<Electron.WebPreferences, 'session'> & { session?: Session };

export const defaultPreferences: WebPreferences = {
  contextIsolation: true,
  sandbox: true,
  webSecurity: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  devTools: true,
  javascript: true,
};

/** What would open the machine to pages is not there to be switched on. */
export function refuseUnsafe(preferences: WebPreferences): void {
  if (
    preferences.nodeIntegration === true ||
    preferences.contextIsolation === false ||
    preferences.webviewTag === true
  ) {
    throw new Error(
      'electron-on-chromium: nodeIntegration, contextIsolation: false and webviewTag are not supported here.',
    );
  }
}
