import type { SessionManager } from '@retrace/engine';
import type { UiCommand } from '@retrace/protocol';
import { RetraceError } from '@retrace/protocol';
import type { BrowserWindow, WebContents } from 'electron';
import type { Push } from './ipc/push.ts';
import type { MenuActions } from './menu.ts';

/** Commands that end in the window's own HTML, which then needs the keyboard. */
const TAKES_KEYBOARD: ReadonlySet<UiCommand> = new Set([
  'new-session',
  'switch-session',
  'focus-address',
  'rename-session',
  'show-trash',
  'show-timeline',
  'about',
]);

/** What the menu sets going, in the engine and in the window. */
export function makeMenuActions(parts: {
  readonly sessions: SessionManager;
  readonly window: BrowserWindow;
  readonly push: Push;
  readonly tell: (notice: string) => void;
  /** The web contents that has the keyboard, the window's own or a page's. */
  readonly focused: () => WebContents | null;
}): MenuActions {
  const { sessions, window, push, tell, focused } = parts;
  const command = (name: UiCommand) => {
    if (TAKES_KEYBOARD.has(name)) window.webContents.focus();
    push('app:command', name);
  };
  const carryOut = (act: () => Promise<void> | void) => {
    Promise.resolve()
      .then(act)
      .catch((error: unknown) => {
        if (!(error instanceof RetraceError)) throw error;
        // A shortcut at the end of the list does nothing, as in every browser.
        if (error.code !== 'NoSuchEntry') tell(error.message);
      });
  };
  return {
    command,
    undo({ byShortcut }) {
      const contents = focused();
      const isPage = contents !== null && contents.id !== window.webContents.id;
      if (byShortcut && isPage) contents.undo();
      else command('undo');
    },
    reload: (id) => carryOut(() => sessions.reloadSession(id)),
    back: (id) => carryOut(() => sessions.goBack(id)),
    forward: (id) => carryOut(() => sessions.goForward(id)),
    activate: (id) => carryOut(() => sessions.activateSession(id)),
    active: () => sessions.getActiveSession(),
    atPlace: (place) => sessions.listSessions().at(place)?.id ?? null,
  };
}
