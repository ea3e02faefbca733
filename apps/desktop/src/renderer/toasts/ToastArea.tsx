import { Toast } from '@kobalte/core/toast';

const STAY_MS = 10_000;

/**
 * Where messages appear: in the strip, because whatever lies over the page is hidden by it. They do not wait while the
 * window is without focus: a person who works in the page has the focus there, not here.
 */
export function ToastArea() {
  return (
    <Toast.Region
      class="toast-region"
      duration={STAY_MS}
      limit={3}
      pauseOnPageIdle={false}
      aria-label="Messages"
    >
      <Toast.List as="div" class="toast-list" />
    </Toast.Region>
  );
}
