import { Match, Switch } from 'solid-js';
import { useApplication } from '../state/application-context.tsx';
import { pageNotice } from './page-notice.ts';

/** The line between address bar and page: a sign-in window that lies over it, or why there is no page. */
export function PageNotice() {
  const { active, api, ask, popup, viewOf } = useApplication();
  const notice = () => {
    const session = active();
    return session === undefined ? null : pageNotice(session, viewOf(session.id), popup());
  };
  const reload = () => {
    const session = active();
    if (session !== undefined) void ask(api.sessions.reload(session.id));
  };
  return (
    <div class="page-notice" role="status" data-kind={notice()?.kind}>
      <span class="page-notice-text">{notice()?.text}</span>
      <Switch>
        <Match when={notice()?.kind === 'popup'}>
          <button type="button" class="button small" onClick={() => void ask(api.views.closePopup())}>
            Close
          </button>
        </Match>
        <Match when={notice()?.kind === 'trouble'}>
          <button type="button" class="button small" onClick={reload}>
            Try again
          </button>
        </Match>
      </Switch>
    </div>
  );
}
