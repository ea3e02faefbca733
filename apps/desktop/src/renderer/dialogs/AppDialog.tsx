import { Dialog } from '@kobalte/core/dialog';
import X from 'lucide-solid/icons/x';
import type { ParentProps } from 'solid-js';

/** A dialog over a still picture of the page. It exists while it is open; Escape and a click beside it close it. */
export function AppDialog(props: ParentProps<{ title: string; onClose: () => void }>) {
  return (
    <Dialog open onOpenChange={(open) => !open && props.onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay class="dialog-overlay" />
        <div class="dialog-place">
          <Dialog.Content class="dialog">
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
