import type { SessionManager } from '@retrace/engine';
import type { AppInfo } from '@retrace/protocol';
import type { Stage } from '../views/stage.ts';
import type { Handlers } from './router.ts';

/** What each channel asks of the engine and of the window. */
export function makeHandlers(parts: {
  readonly sessions: SessionManager;
  readonly stage: Stage;
  readonly appInfo: () => AppInfo;
}): Handlers {
  const { sessions, stage, appInfo } = parts;
  return {
    'session:create': async (config) => ({ session: await sessions.createSession(config) }),
    'session:activate': async (id) => {
      await sessions.activateSession(id);
      return {};
    },
    'session:takeOver': async (id) => {
      await sessions.takeOverSession(id);
      return {};
    },
    'session:delete': (id) => sessions.deleteSession(id),
    'session:restore': async (id) => ({ session: await sessions.restoreSession(id) }),
    'session:rename': async (id, name) => ({ session: await sessions.renameSession(id, name) }),
    'session:navigate': async (id, url) => {
      await sessions.navigateSession(id, url);
      return {};
    },
    'session:back': async (id) => {
      await sessions.goBack(id);
      return {};
    },
    'session:forward': async (id) => {
      await sessions.goForward(id);
      return {};
    },
    'session:reload': (id) => {
      sessions.reloadSession(id);
      return {};
    },
    'session:stop': (id) => {
      sessions.stopSession(id);
      return {};
    },
    'session:undo': async (actionId) => ({ undone: await sessions.undo(actionId) }),
    'session:list': (includeInactive) => ({ sessions: [...sessions.listSessions(includeInactive)] }),
    'session:getActive': () => ({ sessionId: sessions.getActiveSession() }),
    'session:snapshot': () => ({ table: sessions.table }),
    'view:snapshot': () => ({ views: sessions.views, popup: stage.popup }),
    'view:place': (rectangle) => {
      stage.place(rectangle);
      return {};
    },
    'view:cover': async () => ({ picture: await stage.cover() }),
    'view:uncover': () => {
      stage.uncover();
      return {};
    },
    'view:focus': () => {
      stage.focus();
      return {};
    },
    'popup:close': () => {
      stage.closePopup();
      return {};
    },
    'timeline:read': (query) => sessions.readTimeline(query),
    'app:info': () => ({ info: appInfo() }),
  };
}
