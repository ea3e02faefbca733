import { addressFromTyped } from '@retrace/protocol';
import type { SessionId } from '@retrace/protocol';
import ArrowLeft from 'lucide-solid/icons/arrow-left';
import ArrowRight from 'lucide-solid/icons/arrow-right';
import RotateCw from 'lucide-solid/icons/rotate-cw';
import X from 'lucide-solid/icons/x';
import { Show } from 'solid-js';
import { createStore } from 'solid-js/store';
import { answered } from '../state/answered.ts';
import { useApplication } from '../state/application-context.tsx';
import type { Request } from '../state/request.ts';
import { SecurityMark } from './SecurityMark.tsx';

/** What a person has typed for a session and not opened yet, and why it was refused, if it was. */
interface Draft {
  readonly text: string;
  readonly refusal: string | null;
}

export function AddressBar(props: { focusRequest: Request }) {
  const { active, api, ask, viewOf } = useApplication();
  let field!: HTMLInputElement;
  // One per session: changing to another and back loses nothing that was typed.
  const [drafts, setDrafts] = createStore<Record<SessionId, Draft | undefined>>({});

  const draft = () => {
    const session = active();
    return session === undefined ? undefined : drafts[session.id];
  };
  const address = () => {
    const url = active()?.metadata.lastUrl ?? '';
    return url === 'about:blank' ? '' : url;
  };
  const navigation = () => active()?.metadata.navigation;
  const canGoBack = () => (navigation()?.index ?? 0) > 0;
  const canGoForward = () => {
    const list = navigation();
    return list !== undefined && list.index < list.entries.length - 1;
  };
  const loading = () => {
    const session = active();
    return session !== undefined && viewOf(session.id)?.loading === true;
  };
  const withActive = (act: (id: SessionId) => unknown) => () => {
    const session = active();
    if (session !== undefined) act(session.id);
  };

  // eslint-disable-next-line solid/reactivity -- read once, when the bar is made: the request never changes.
  props.focusRequest.handle(() => {
    field.focus();
    field.select();
  });

  async function open(id: SessionId): Promise<void> {
    const text = field.value;
    const verdict = addressFromTyped(text);
    if (!verdict.allowed) {
      setDrafts(id, { text, refusal: verdict.reason });
      return;
    }
    const answer = await answered(api.sessions.navigate(id, verdict.url));
    if (!answer.success) {
      setDrafts(id, { text, refusal: answer.error.message });
      return;
    }
    setDrafts(id, undefined);
    field.blur();
    await ask(api.views.focus());
  }

  return (
    <div class="address-bar">
      <div class="address-buttons">
        <button
          type="button"
          class="icon-button"
          aria-label="Back"
          title="Back"
          disabled={!canGoBack()}
          onClick={withActive((id) => ask(api.sessions.back(id)))}
        >
          <ArrowLeft aria-hidden="true" size={16} />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label="Forward"
          title="Forward"
          disabled={!canGoForward()}
          onClick={withActive((id) => ask(api.sessions.forward(id)))}
        >
          <ArrowRight aria-hidden="true" size={16} />
        </button>
        <Show
          when={loading()}
          fallback={
            <button
              type="button"
              class="icon-button"
              aria-label="Reload"
              title="Reload"
              disabled={active() === undefined}
              onClick={withActive((id) => ask(api.sessions.reload(id)))}
            >
              <RotateCw aria-hidden="true" size={16} />
            </button>
          }
        >
          <button
            type="button"
            class="icon-button"
            aria-label="Stop"
            title="Stop loading"
            onClick={withActive((id) => ask(api.sessions.stop(id)))}
          >
            <X aria-hidden="true" size={16} />
          </button>
        </Show>
      </div>
      <form
        class="address-form"
        onSubmit={(event) => {
          event.preventDefault();
          withActive(open)();
        }}
      >
        <Show when={active()}>
          <SecurityMark address={address()} />
        </Show>
        <input
          ref={field}
          type="text"
          inputMode="url"
          class="address-field"
          aria-label="Address"
          aria-invalid={draft()?.refusal != null}
          aria-describedby={draft()?.refusal == null ? undefined : 'address-refusal'}
          placeholder={active() === undefined ? '' : 'Type an address'}
          value={draft()?.text ?? address()}
          disabled={active() === undefined}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          onFocus={() => field.select()}
          onMouseDown={(event) => {
            // The first click selects all; placing the caret, which a click does after the focus, would undo that.
            if (document.activeElement === field) return;
            event.preventDefault();
            field.focus();
          }}
          onInput={withActive((id) => setDrafts(id, { text: field.value, refusal: null }))}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            withActive((id) => setDrafts(id, undefined))();
            field.value = address();
            field.select();
          }}
        />
        <span class="address-session">{active()?.name}</span>
      </form>
      <div class="address-refusal" role="alert" id="address-refusal">
        {draft()?.refusal}
      </div>
    </div>
  );
}
