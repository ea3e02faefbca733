import { Dialog } from '@kobalte/core/dialog';
import X from 'lucide-solid/icons/x';
import type { ParentProps } from 'solid-js';

/**
 * A dialog over a still picture of the page. It exists while it is open; Escape and a click beside it close it. The focus
 * goes to the element with `data-first-focus`, else to the first control.
 */
export function AppDialog(props: ParentProps<{ title: string; onClose: () => void }>) {
  let content!: HTMLDivElement;
  const opener = document.activeElement;
  return (
    <Dialog open onOpenChange={(open) => !open && props.onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay class="dialog-overlay" />
        <div class="dialog-place">
          <Dialog.Content
            ref={content}
            class="dialog"
            onOpenAutoFocus={(event) => {
              const first = content.querySelector<HTMLElement>('[data-first-focus]');
              if (first === null) return;
              event.preventDefault();
              first.focus();
            }}
            onCloseAutoFocus={(event) => {
              // Kobalte would give the focus to its own trigger; a dialog that a shortcut can open has none.
              event.preventDefault();
              if (opener instanceof HTMLElement) opener.focus();
            }}
          >
            <Dialog.Title class="dialog-title">{props.title}</Dialog.Title>
            {props.children}
            {/* Last, because a dialog gives the focus to its first control: that should be its first field. */}
            <Dialog.CloseButton class="icon-button dialog-close" aria-label="Close" title="Close">
              <X aria-hidden="true" size={16} />
            </Dialog.CloseButton>
          </Dialog.Content>
        </div>
      </Dialog.Portal>
    </Dialog>
  );
}
