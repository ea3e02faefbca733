import type { Session, WebPreferences } from 'electron';

/** Security rows 2 and 3, what windows and views share. Written out in full, defaults too: an Electron that changes one changes nothing here. */
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
  // Electron fetches dictionaries from a server of Chromium's; Retrace makes no request of its own.
  spellcheck: false,
} as const satisfies WebPreferences;

/** Security row 2: the window of the application itself. Developer tools only in an unpackaged run. */
export function windowPreferences(options: {
  readonly preload: string;
  readonly session: Session;
  readonly isPackaged: boolean;
}): WebPreferences {
  return {
    ...LOCKED,
    preload: options.preload,
    session: options.session,
    devTools: !options.isPackaged,
  };
}

/** Security row 3 without the session: what a sign-in window is made with, which inherits its opener's. */
export function popupPreferences(isPackaged: boolean): WebPreferences {
  return {
    ...LOCKED,
    devTools: !isPackaged,
    safeDialogs: true,
    autoplayPolicy: 'document-user-activation-required',
    focusOnNavigation: false,
  };
}

/** Security row 3: the page of a session. No preload: nothing of Retrace runs in it. */
export function viewPreferences(options: {
  readonly session: Session;
  readonly isPackaged: boolean;
}): WebPreferences {
  return { ...popupPreferences(options.isPackaged), session: options.session };
}
