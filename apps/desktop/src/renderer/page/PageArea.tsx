import { PROVIDERS, PROVIDER_IDS } from '@retrace/protocol';
import type { ProviderId } from '@retrace/protocol';
import { For, Match, Show, Switch, onCleanup, onMount } from 'solid-js';
import { freeName } from '../dialogs/free-name.ts';
import { useApplication } from '../state/application-context.tsx';
import { ProviderMark } from '../strip/ProviderMark.tsx';
import { tabId } from '../strip/SessionTab.tsx';
import { reportPlace } from './report-place.ts';

interface PageAreaProps {
  /** A still picture of the page, while something lies over it. */
  readonly picture: string | null;
  readonly onNewSession: (provider?: ProviderId) => void;
}

/** Where the page goes. The page is a native view above this element; what is in here shows while there is none. */
export function PageArea(props: PageAreaProps) {
  const application = useApplication();
  let area!: HTMLDivElement;
  onMount(() => {
    onCleanup(reportPlace(area, (rectangle) => void application.ask(application.api.views.place(rectangle))));
  });

  /** A first session needs no questions, except which site: only a site of one's own is asked for its address. */
  function start(provider: ProviderId): void {
    if (provider === 'custom') {
      props.onNewSession(provider);
      return;
    }
    const name = freeName(
      PROVIDERS[provider].name,
      application.listed().map((session) => session.name),
    );
    void application.ask(application.create(provider, name));
  }

  const activeTab = () => {
    const session = application.active();
    return session === undefined ? undefined : tabId(session);
  };
  const isFirstRun = () => application.listed().length === 0 && application.trashed().length === 0;

  return (
    <div ref={area} class="page" id="page" role="tabpanel" aria-label="Page" aria-labelledby={activeTab()}>
      <Switch>
        <Match when={props.picture}>{(picture) => <img class="page-picture" src={picture()} alt="" />}</Match>
        <Match when={application.ready() && application.active() === undefined}>
          <div class="empty">
            <Show
              when={isFirstRun()}
              fallback={
                <>
                  <h2>No session is open</h2>
                  <p>
                    {application.listed().length === 0
                      ? 'Start one, or bring one back from the trash.'
                      : 'Choose one on the left, or start another.'}
                  </p>
                  <button type="button" class="button primary" onClick={() => props.onNewSession()}>
                    Start a session
                  </button>
                </>
              }
            >
              <h2>Start your first session</h2>
              <p>
                Each session signs in on its own and remembers everything. Nothing you delete is lost: you can
                always bring it back.
              </p>
              <div class="empty-providers">
                <For each={PROVIDER_IDS}>
                  {(id) => (
                    <button type="button" class="button provider-choice" onClick={() => start(id)}>
                      <ProviderMark provider={id} />
                      {PROVIDERS[id].name}
                    </button>
                  )}
                </For>
              </div>
            </Show>
          </div>
        </Match>
      </Switch>
    </div>
  );
}
