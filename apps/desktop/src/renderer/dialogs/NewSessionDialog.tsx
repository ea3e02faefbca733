import { TextField } from '@kobalte/core/text-field';
import { MAX_NAME_LENGTH, PROVIDERS, PROVIDER_IDS, addressFromTyped } from '@retrace/protocol';
import type { ProviderId } from '@retrace/protocol';
import { For, Show, createSignal, untrack } from 'solid-js';
import { useApplication } from '../state/application-context.tsx';
import { ProviderMark } from '../strip/ProviderMark.tsx';
import { AppDialog } from './AppDialog.tsx';
import type { FocusAfter } from './overlay.ts';
import { freeName } from './free-name.ts';

interface NewSessionDialogProps {
  /** Chosen from the start. */
  readonly provider?: ProviderId | undefined;
  readonly onClose: (focusAfter: FocusAfter) => void;
}

export function NewSessionDialog(props: NewSessionDialogProps) {
  const application = useApplication();
  const start = untrack(() => props.provider) ?? 'claude';
  const [provider, setProvider] = createSignal<ProviderId>(start);
  const [ownName, setOwnName] = createSignal<string | null>(null);
  const [startPage, setStartPage] = createSignal('');
  const [refusal, setRefusal] = createSignal<string | null>(null);
  const [busy, setBusy] = createSignal(false);

  /** The name follows the provider until the person writes one. */
  const name = () =>
    ownName() ??
    freeName(
      PROVIDERS[provider()].name,
      application.listed().map((session) => session.name),
    );
  const verdict = () => (startPage().trim() === '' ? null : addressFromTyped(startPage()));
  const [startPageJudged, setStartPageJudged] = createSignal(false);
  const startPageRefusal = () => {
    const judged = startPageJudged() ? verdict() : null;
    return judged === null || judged.allowed ? null : judged.reason;
  };

  async function create(): Promise<void> {
    const address = verdict();
    setStartPageJudged(true);
    setRefusal(null);
    if (address?.allowed === false || name().trim() === '' || busy()) return;
    setBusy(true);
    const answer = await application.create(provider(), name(), address?.url);
    setBusy(false);
    if (answer.success) props.onClose('page');
    else setRefusal(answer.error.message);
  }

  return (
    <AppDialog title="New session" onClose={() => props.onClose('opener')}>
      <form
        class="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <fieldset class="providers">
          <legend class="field-label">Site</legend>
          <For each={PROVIDER_IDS}>
            {(id) => (
              <label class="provider">
                <input
                  type="radio"
                  name="provider"
                  class="provider-input"
                  value={id}
                  checked={id === provider()}
                  data-first-focus={id === start && id !== 'custom' ? '' : undefined}
                  onChange={() => setProvider(id)}
                />
                <ProviderMark provider={id} />
                {PROVIDERS[id].name}
              </label>
            )}
          </For>
        </fieldset>
        <TextField
          class="field"
          value={name()}
          onChange={setOwnName}
          validationState={name().trim() === '' ? 'invalid' : 'valid'}
        >
          <TextField.Label class="field-label">Name</TextField.Label>
          <TextField.Input class="text-field" maxLength={MAX_NAME_LENGTH} autocomplete="off" />
          <TextField.ErrorMessage class="field-error">Give the session a name.</TextField.ErrorMessage>
        </TextField>
        <TextField
          class="field"
          value={startPage()}
          onChange={(text) => {
            setStartPage(text);
            setStartPageJudged(false);
          }}
          validationState={startPageRefusal() === null ? 'valid' : 'invalid'}
        >
          <TextField.Label class="field-label">Start page</TextField.Label>
          <TextField.Input
            class="text-field"
            inputMode="url"
            data-first-focus={start === 'custom' ? '' : undefined}
            placeholder={provider() === 'custom' ? 'https://example.com' : PROVIDERS[provider()].homeUrl}
            autocomplete="off"
            spellcheck={false}
            onBlur={() => setStartPageJudged(true)}
          />
          <TextField.ErrorMessage class="field-error">{startPageRefusal()}</TextField.ErrorMessage>
        </TextField>
        <Show when={refusal()}>
          {(message) => (
            <p class="field-error" role="alert">
              {message()}
            </p>
          )}
        </Show>
        <div class="dialog-actions">
          <button type="button" class="button" onClick={() => props.onClose('opener')}>
            Cancel
          </button>
          <button type="submit" class="button primary" disabled={busy()}>
            Create
          </button>
        </div>
      </form>
    </AppDialog>
  );
}
