import { Toast, toaster } from '@kobalte/core/toast';
import X from 'lucide-solid/icons/x';
import { Show } from 'solid-js';

export interface ToastContent {
  readonly text: string;
  readonly kind?: 'message' | 'error';
  readonly action?: { readonly label: string; readonly run: () => void };
}

const MOST_SHOWN = 3;
const shown: number[] = [];

/**
 * Shows a message at the foot of the strip for ten seconds, longer while it is pointed at or focused. A fourth one takes the place of the
 * oldest. Returns its id.
 */
export function showToast(content: ToastContent): number {
  const oldest = shown.length < MOST_SHOWN ? undefined : shown.shift();
  if (oldest !== undefined) toaster.dismiss(oldest);
  const id = toaster.show((props) => (
    <Toast
      toastId={props.toastId}
      class="toast"
      classList={{ 'toast-error': content.kind === 'error' }}
      as="div"
      priority={content.kind === 'error' ? 'high' : 'low'}
    >
      <Toast.Title as="p" class="toast-text" title={content.text}>
        {content.text}
      </Toast.Title>
      <Show when={content.action}>
        {(action) => (
          <button
            type="button"
            class="button small"
            onClick={() => {
              dismissToast(props.toastId);
              action().run();
            }}
          >
            {action().label}
          </button>
        )}
      </Show>
      <Toast.CloseButton class="icon-button small" aria-label="Close this message">
        <X aria-hidden="true" size={14} />
      </Toast.CloseButton>
    </Toast>
  ));
  shown.push(id);
  return id;
}

export function dismissToast(id: number): void {
  toaster.dismiss(id);
}
