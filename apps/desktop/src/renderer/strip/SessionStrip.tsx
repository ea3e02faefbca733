import type { SessionId } from '@retrace/protocol';
import Plus from 'lucide-solid/icons/plus';
import { For, createEffect, createSignal } from 'solid-js';
import { useApplication } from '../state/application-context.tsx';
import type { Request } from '../state/request.ts';
import { ToastArea } from '../toasts/ToastArea.tsx';
import { SessionTab, tabId } from './SessionTab.tsx';
import { StripFooter } from './StripFooter.tsx';

interface SessionStripProps {
  /** Asks for the shown session's name to become editable. */
  readonly renaming: Request;
  readonly onNewSession: () => void;
  readonly onAbout: () => void;
}

/** The sessions as a vertical list of tabs. Arrow keys move the focus, Enter shows a session: showing one may wake it. */
export function SessionStrip(props: SessionStripProps) {
  const application = useApplication();
  const [focused, setFocused] = createSignal<SessionId | null>(null);
  const [renamed, setRenamed] = createSignal<SessionId | null>(null);

  const reachable = () => {
    const sessions = application.listed();
    const preferred = [focused(), application.table.activeSessionId];
    return (sessions.find(({ id }) => preferred.includes(id)) ?? sessions[0])?.id;
  };
  const focusTab = (index: number) => {
    const session = application.listed()[index];
    if (session !== undefined) document.getElementById(tabId(session))?.focus();
  };

  // Read once, when the strip is made: the request never changes.
  // eslint-disable-next-line solid/reactivity
  props.renaming.handle(() => setRenamed((now) => now ?? focusedTab() ?? application.table.activeSessionId));
  function focusedTab(): SessionId | null {
    return document.activeElement?.role === 'tab' ? focused() : null;
  }

  let deleting: { readonly id: SessionId; readonly index: number } | null = null;
  function deleteAt(index: number): void {
    const session = application.listed()[index];
    if (session === undefined) return;
    deleting = { id: session.id, index };
    void application.deleteSession(session.id);
  }
  createEffect(() => {
    const sessions = application.listed();
    if (deleting === null || sessions.some(({ id }) => id === deleting?.id)) return;
    const index = Math.min(deleting.index, sessions.length - 1);
    deleting = null;
    // The element that had the focus is gone; the next tab takes it, so that the keyboard is not thrown to the top.
    if (document.activeElement === document.body) focusTab(index);
  });

  createEffect(() => {
    const session = application.active();
    if (session !== undefined) document.getElementById(tabId(session))?.scrollIntoView({ block: 'nearest' });
  });

  function onKeyDown(event: KeyboardEvent, index: number): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const last = application.listed().length - 1;
    const moves: Record<string, () => unknown> = {
      ArrowDown: () => focusTab(index === last ? 0 : index + 1),
      ArrowUp: () => focusTab(index === 0 ? last : index - 1),
      Home: () => focusTab(0),
      End: () => focusTab(last),
      Delete: () => deleteAt(index),
      F2: () => setRenamed(application.listed()[index]?.id ?? null),
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();
  }

  return (
    <aside class="strip" aria-label="Sessions">
      <div class="strip-head">
        <button type="button" class="button new-session" onClick={() => props.onNewSession()}>
          <Plus aria-hidden="true" size={16} />
          New session
        </button>
      </div>
      <div class="strip-sessions">
        {/* The tabs belong to this list by aria-owns: their delete buttons stand beside them and are no tabs. */}
        <div
          class="strip-tablist"
          role="tablist"
          aria-label="Sessions"
          aria-orientation="vertical"
          aria-owns={application.listed().map(tabId).join(' ')}
        />
        <For each={application.listed()}>
          {(session, index) => (
            // The keys are those of the tab and the button inside.
            <div role="presentation" onKeyDown={(event) => onKeyDown(event, index())}>
              <SessionTab
                session={session}
                selected={session.id === application.table.activeSessionId}
                reachable={session.id === reachable()}
                renaming={session.id === renamed()}
                onFocus={() => setFocused(session.id)}
                onRename={() => setRenamed(session.id)}
                onRenamed={(ended) => {
                  setRenamed(null);
                  if (ended === 'by-key') focusTab(index());
                }}
                onDelete={() => deleteAt(index())}
              />
            </div>
          )}
        </For>
      </div>
      <ToastArea />
      <StripFooter onAbout={props.onAbout} />
    </aside>
  );
}
