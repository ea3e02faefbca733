import { Match, Show, Switch, createEffect, onCleanup } from 'solid-js';
import type { UiCommand } from '@retrace/protocol';
import { AddressBar } from './address/AddressBar.tsx';
import { AboutDialog } from './dialogs/AboutDialog.tsx';
import { createOverlay } from './dialogs/overlay.ts';
import { NewSessionDialog } from './dialogs/NewSessionDialog.tsx';
import { SessionSwitcher } from './dialogs/SessionSwitcher.tsx';
import { PageArea } from './page/PageArea.tsx';
import { PageNotice } from './page/PageNotice.tsx';
import { TimelinePanel } from './panels/TimelinePanel.tsx';
import { TrashPanel } from './panels/TrashPanel.tsx';
import { useApplication } from './state/application-context.tsx';
import { createRequest } from './state/request.ts';
import { SessionStrip } from './strip/SessionStrip.tsx';
import { takeBackTyping } from './address/take-back-typing.ts';

export function App() {
  const application = useApplication();
  const overlay = createOverlay(application);
  const addressFocus = createRequest();
  const renaming = createRequest();

  createEffect(() => {
    const name = application.active()?.name;
    document.title = name === undefined ? 'Retrace' : `${name} – Retrace`;
  });

  function carryOut(command: UiCommand): void {
    switch (command) {
      case 'new-session':
        overlay.open({ kind: 'new-session' });
        return;
      case 'switch-session':
        overlay.open({ kind: 'switcher' });
        return;
      case 'about':
        overlay.open({ kind: 'about' });
        return;
      case 'focus-address':
        addressFocus.make();
        return;
      case 'rename-session':
        renaming.make();
        return;
      case 'delete-session': {
        const session = application.active();
        if (session !== undefined) void application.deleteSession(session.id);
        return;
      }
      case 'undo':
        if (!takeBackTyping(document)) void application.undo();
        return;
      case 'show-trash':
        application.togglePanel('trash');
        return;
      case 'show-timeline':
        application.togglePanel('timeline');
        return;
    }
  }
  onCleanup(application.api.app.onCommand(carryOut));

  return (
    <div class="window">
      <SessionStrip
        renaming={renaming}
        onNewSession={() => overlay.open({ kind: 'new-session' })}
        onAbout={() => overlay.open({ kind: 'about' })}
      />
      <Switch>
        <Match when={application.panel() === 'trash'}>
          <TrashPanel />
        </Match>
        <Match when={application.panel() === 'timeline'}>
          <TimelinePanel />
        </Match>
      </Switch>
      <main class="stage">
        <h1 class="visually-hidden">{application.active()?.name ?? 'Retrace'}</h1>
        <AddressBar focusRequest={addressFocus} />
        <PageNotice />
        <PageArea
          picture={overlay.picture()}
          onNewSession={(provider) => overlay.open({ kind: 'new-session', provider })}
        />
      </main>
      <Show when={overlay.shown()} keyed>
        {(shown) => (
          <Switch>
            <Match when={shown.kind === 'new-session' && shown}>
              {(dialog) => <NewSessionDialog provider={dialog().provider} onClose={overlay.close} />}
            </Match>
            <Match when={shown.kind === 'switcher'}>
              <SessionSwitcher onClose={overlay.close} />
            </Match>
            <Match when={shown.kind === 'about'}>
              <AboutDialog onClose={() => overlay.close('opener')} />
            </Match>
          </Switch>
        )}
      </Show>
    </div>
  );
}
