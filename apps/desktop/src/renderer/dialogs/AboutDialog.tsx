import { For, Show, createResource } from 'solid-js';
import { useApplication } from '../state/application-context.tsx';
import { AppDialog } from './AppDialog.tsx';

const RUNTIME_WORDS = {
  electron: 'Electron',
  chromium: 'The Chromium of this computer (electron-on-chromium)',
};

export function AboutDialog(props: { onClose: () => void }) {
  const { api, ask } = useApplication();
  const [answer] = createResource(() => ask(api.app.info()));
  return (
    <AppDialog title="About Retrace" onClose={props.onClose}>
      <Show when={answer()?.info}>
        {(info) => (
          <>
            <dl class="facts">
              <dt>Version</dt>
              <dd>{info().version}</dd>
              <dt>Runs on</dt>
              <dd>{RUNTIME_WORDS[info().runtime]}</dd>
              <dt>Chromium</dt>
              <dd>{info().versions.chrome}</dd>
              <dt>Electron</dt>
              <dd>{info().versions.electron}</dd>
              <dt>Node</dt>
              <dd>{info().versions.node}</dd>
              <dt>Your data</dt>
              <dd class="selectable">{info().dataDirectory}</dd>
            </dl>
            <Show when={info().notices.length > 0}>
              <h3 class="field-label">Good to know</h3>
              <ul class="notices">
                <For each={info().notices}>{(notice) => <li>{notice}</li>}</For>
              </ul>
            </Show>
          </>
        )}
      </Show>
    </AppDialog>
  );
}
