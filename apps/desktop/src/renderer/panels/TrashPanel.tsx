import { PROVIDERS } from '@retrace/protocol';
import RotateCcw from 'lucide-solid/icons/rotate-ccw';
import { For, Show } from 'solid-js';
import { useApplication } from '../state/application-context.tsx';
import { createNow } from '../state/now.ts';
import { SessionMark } from '../strip/SessionMark.tsx';
import { Panel } from './Panel.tsx';
import { exactTime } from './exact-time.ts';
import { relativeTime } from './relative-time.ts';

export function TrashPanel() {
  const application = useApplication();
  const now = createNow(application.api.app.info);
  let panel!: HTMLElement;
  return (
    <Panel title="Trash" ref={panel}>
      <Show
        when={application.trashed().length > 0}
        fallback={
          <p class="panel-empty">
            The trash is empty. Sessions you delete wait here, signed in as they were.
          </p>
        }
      >
        <ul class="panel-list">
          <For each={application.trashed()}>
            {(session) => (
              <li class="trash-row">
                <SessionMark session={session} />
                <div class="row-words">
                  <div class="row-title">{session.name}</div>
                  <Show when={session.deletedAt}>
                    {(at) => (
                      <div class="row-detail">
                        {PROVIDERS[session.provider].name}, deleted{' '}
                        <time datetime={at()} title={exactTime(at())}>
                          {relativeTime(at(), now())}
                        </time>
                      </div>
                    )}
                  </Show>
                </div>
                <button
                  type="button"
                  class="button small"
                  aria-label={`Restore ${session.name}`}
                  onClick={() => {
                    // The button goes with its row; the keyboard stays in the panel.
                    panel.focus();
                    void application.restore(session);
                  }}
                >
                  <RotateCcw aria-hidden="true" size={14} />
                  Restore
                </button>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </Panel>
  );
}
