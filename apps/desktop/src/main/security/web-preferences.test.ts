import { describe, expect, it } from '@jest/globals';
import type { Session } from 'electron';
import { popupPreferences, viewPreferences, windowPreferences } from './web-preferences.ts';

// Preferences only carry the session on; nothing of it is called.
const session = Object.create(null) as Session;

const LOCKED = {
  sandbox: true,
  contextIsolation: true,
  webSecurity: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
};

describe('web preferences', () => {
  it('locks the window, the views and their sign-in windows alike', () => {
    expect(windowPreferences({ preload: '/p.cjs', session, isPackaged: true })).toMatchObject(LOCKED);
    expect(viewPreferences({ session, isPackaged: true })).toMatchObject(LOCKED);
    expect(popupPreferences(true)).toMatchObject(LOCKED);
  });

  it('gives a page its own session and no preload', () => {
    const preferences = viewPreferences({ session, isPackaged: true });
    expect(preferences.session).toBe(session);
    expect(preferences).not.toHaveProperty('preload');
    expect(preferences).toMatchObject({
      safeDialogs: true,
      autoplayPolicy: 'document-user-activation-required',
      focusOnNavigation: false,
    });
  });

  it('has developer tools only in an unpackaged run', () => {
    expect(windowPreferences({ preload: '/p.cjs', session, isPackaged: true }).devTools).toBe(false);
    expect(windowPreferences({ preload: '/p.cjs', session, isPackaged: false }).devTools).toBe(true);
  });
});
