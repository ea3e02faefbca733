import { openElsewhere } from '@retrace/protocol';
import { For, Show, createMemo, createSignal } from 'solid-js';
import { useApplication } from '../state/application-context.tsx';
import { SessionMark } from '../strip/SessionMark.tsx';
import { pageLine, stateWords } from '../strip/session-state.ts';
import { AppDialog } from './AppDialog.tsx';
import type { FocusAfter } from './overlay.ts';
import { findSessions } from './find-sessions.ts';

/** Type a few letters, Enter shows the session. Opened and confirmed at once, it goes to the session shown before this one. */
export function SessionSwitcher(props: { onClose: (focusAfter: FocusAfter) => void }) {
  const application = useApplication();
  const [query, setQuery] = createSignal('');
  const [marked, setMarked] = createSignal<number | null>(null);
  const found = createMemo(() => findSessions(application.listed(), query()));

  const markedIndex = () => {
    const start = query().trim() === '' && found().length > 1 ? 1 : 0;
    return Math.min(marked() ?? start, found().length - 1);
  };
  const optionId = (index: number) => `switcher-option-${index}`;

  function mark(index: number): void {
    const count = found().length;
    if (count === 0) return;
    setMarked((index + count) % count);
    document.getElementById(optionId(markedIndex()))?.scrollIntoView({ block: 'nearest' });
  }

  async function choose(index: number): Promise<void> {
    const session = found()[index];
    if (session === undefined) return;
    await application.activate(session.id);
    props.onClose('page');
  }

  return (
    <AppDialog title="Switch session" onClose={() => props.onClose('opener')}>
      <input
        type="text"
        class="text-field"
        role="combobox"
        aria-label="Find a session"
        aria-expanded="true"
        aria-controls="switcher-options"
        aria-autocomplete="list"
        aria-activedescendant={found().length === 0 ? undefined : optionId(markedIndex())}
        placeholder="Name, page or site"
        autocomplete="off"
        spellcheck={false}
        value={query()}
        onInput={(event) => {
          setQuery(event.currentTarget.value);
          setMarked(null);
        }}
        onKeyDown={(event) => {
          const keys: Record<string, () => unknown> = {
            ArrowDown: () => mark(markedIndex() + 1),
            ArrowUp: () => mark(markedIndex() - 1),
            Enter: () => choose(markedIndex()),
          };
          const act = keys[event.key];
          if (act === undefined) return;
          event.preventDefault();
          act();
        }}
      />
      <div class="switcher-options" id="switcher-options" role="listbox" aria-label="Sessions">
        <For each={found()}>
          {(session, index) => (
            // The keys are the text field's: it keeps the focus.
            <div
              class="switcher-option"
              id={optionId(index())}
              role="option"
              aria-selected={index() === markedIndex()}
              onClick={() => void choose(index())}
              onPointerMove={() => setMarked(index())}
            >
              <SessionMark session={session} />
              <span class="row-words">
                <span class="row-title">{session.name}</span>
                <span class="row-detail">{pageLine(session)}</span>
              </span>
              <span class="row-detail">
                {stateWords(
                  session,
                  application.viewOf(session.id),
                  openElsewhere(application.table, session),
                )}
              </span>
            </div>
          )}
        </For>
      </div>
      <Show when={found().length === 0}>
        <p class="panel-empty" role="status">
          No session has “{query()}” in its name, page or site.
        </p>
      </Show>
    </AppDialog>
  );
}
