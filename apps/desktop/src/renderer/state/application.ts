import { EMPTY_TABLE, listedSessions, trashedSessions } from '@retrace/protocol';
import type {
  Answer,
  ElectronAPI,
  PopupStatus,
  ProviderId,
  SessionId,
  SessionRow,
  SessionTable,
  ViewStatuses,
} from '@retrace/protocol';
import { createEffect, createMemo, createSignal, onCleanup } from 'solid-js';
import { createStore, produce, reconcile } from 'solid-js/store';
import { dismissToast, showToast } from '../toasts/toasts.tsx';
import { answered } from './answered.ts';
import { applyPatches } from './apply-patches.ts';

/** The side panel between strip and page. */
export type Panel = 'trash' | 'timeline';

/**
 * What the window knows and does: the session table and the views' statuses as they come from main, and the calls that
 * change them. Nothing here changes a session by itself: every change comes back as a patch.
 */
export function createApplication(api: ElectronAPI) {
  // The store only reads like the table: `produce` changes it in place, which the table's read-only types do not allow.
  const [table, setTable] = createStore<SessionTable>(structuredClone(EMPTY_TABLE));
  const [ready, setReady] = createSignal(false);
  const [statuses, setStatuses] = createStore<{ views: ViewStatuses; popup: PopupStatus | null }>({
    views: {},
    popup: null,
  });
  const [panel, setPanel] = createSignal<Panel | null>(null);

  onCleanup(
    api.sessions.subscribe((change) => {
      if (change.kind === 'snapshot') {
        setTable(reconcile(change.table, { key: 'id', merge: true }));
        setReady(true);
        // The document has the list from here on; what `npm run bench -- app` takes for the end of a start.
        performance.mark('sessions-listed');
      } else {
        setTable(produce((draft) => applyPatches(draft, change.patches)));
      }
    }),
  );
  onCleanup(
    api.views.subscribe((next) => {
      setStatuses(reconcile({ views: next.views, popup: next.popup }));
    }),
  );
  onCleanup(
    api.app.onNotice((notice) => {
      showToast({ text: notice });
    }),
  );

  const listed = createMemo(() => listedSessions(table));
  const trashed = createMemo(() => trashedSessions(table));
  const active = (): SessionRow | undefined => {
    const id = table.activeSessionId;
    return id === null ? undefined : table.sessions[id];
  };

  /** The answer of a call, or null after telling the person why there is none. */
  async function ask<T extends object>(call: Promise<Answer<T>>): Promise<T | null> {
    const answer = await answered(call);
    if (answer.success) return answer;
    showToast({ text: answer.error.message, kind: 'error' });
    return null;
  }

  /** The toasts that offer to take a deletion back; each goes when its session is back. */
  const deletionToasts = new Map<SessionId, number>();
  createEffect(() => {
    for (const { id } of listed()) {
      const toast = deletionToasts.get(id);
      if (toast === undefined) continue;
      deletionToasts.delete(id);
      dismissToast(toast);
    }
  });

  async function undo(actionId?: string): Promise<void> {
    const deletedBefore = new Set(trashed().map(({ id }) => id));
    const answer = await ask(api.sessions.undo(actionId));
    if (answer === null) return;
    const { sessionId, label } = answer.undone;
    const name = table.sessions[sessionId]?.name;
    showToast({
      text:
        deletedBefore.has(sessionId) && name !== undefined ? `Brought back “${name}”` : `Undone: ${label}`,
    });
  }

  /** Makes a session and shows it. A refusal is for the caller to show, beside what was refused. */
  async function create(provider: ProviderId, name: string, url?: string): Promise<Answer> {
    const answer = await answered(
      api.sessions.create({ provider, name, ...(url === undefined ? {} : { url }) }),
    );
    if (answer.success) await ask(api.sessions.activate(answer.session.id));
    return answer;
  }

  async function activate(id: SessionId): Promise<void> {
    if (id === table.activeSessionId) return;
    const answer = await answered(api.sessions.activate(id));
    if (answer.success) return;
    const { code, message } = answer.error;
    if (code !== 'OpenElsewhere') showToast({ text: message, kind: 'error' });
    else {
      const run = () => void ask(api.sessions.takeOver(id));
      showToast({ text: message, action: { label: 'Take over', run } });
    }
  }

  /** Deletes without a question: the toast, Ctrl+Z, the trash and the timeline all bring it back. */
  async function deleteSession(id: SessionId): Promise<void> {
    const name = table.sessions[id]?.name;
    const answer = await ask(api.sessions.delete(id));
    if (answer === null || name === undefined) return;
    const toast = showToast({
      text: `Deleted “${name}”`,
      action: { label: 'Undo', run: () => void undo(answer.actionId) },
    });
    deletionToasts.set(id, toast);
  }

  async function restore(row: SessionRow): Promise<void> {
    const name = row.name;
    if ((await ask(api.sessions.restore(row.id))) !== null) showToast({ text: `Brought back “${name}”` });
  }

  async function rename(id: SessionId, name: string): Promise<void> {
    const trimmed = name.trim();
    if (trimmed === '' || trimmed === table.sessions[id]?.name) return;
    await ask(api.sessions.rename(id, trimmed));
  }

  return {
    api,
    table,
    /** Whether the first snapshot has come; before it nothing is known, not even that there is no session. */
    ready,
    listed,
    trashed,
    active,
    viewOf: (id: SessionId) => statuses.views[id],
    popup: () => statuses.popup,
    panel,
    setPanel,
    togglePanel: (which: Panel) => setPanel((now) => (now === which ? null : which)),
    ask,
    create,
    activate,
    deleteSession,
    restore,
    rename,
    undo,
  };
}

export type Application = ReturnType<typeof createApplication>;
