import type { ProviderId } from '@retrace/protocol';
import { createSignal } from 'solid-js';
import type { Application } from '../state/application.ts';

/** What lies over the page. */
export type Overlay =
  | { readonly kind: 'new-session'; readonly provider?: ProviderId | undefined }
  | { readonly kind: 'switcher' }
  | { readonly kind: 'about' };

/** Who has the keyboard once a dialog is gone: whatever had it before, or the page, for a dialog that led to one. */
export type FocusAfter = 'opener' | 'page';

/**
 * At most one dialog over the page. The page is a native view that lies above all HTML, so it is replaced by a still picture
 * before the dialog appears and comes back after it has gone.
 */
export function createOverlay({ api, ask }: Pick<Application, 'api' | 'ask'>) {
  const [shown, setShown] = createSignal<Overlay | null>(null);
  const [picture, setPicture] = createSignal<string | null>(null);
  /** The dialog asked for last; null once it was closed, maybe before the picture came. */
  let wanted: Overlay | null = null;

  async function coverAndShow(overlay: Overlay): Promise<void> {
    // Asked for again, a dialog stays as it is, with what was typed in it.
    if (wanted?.kind === overlay.kind) return;
    const alreadyCovered = wanted !== null;
    wanted = overlay;
    if (!alreadyCovered) {
      const answer = await ask(api.views.cover());
      setPicture(answer?.picture ?? null);
    }
    setShown(wanted);
  }

  async function uncover(focusAfter: FocusAfter): Promise<void> {
    await ask(api.views.uncover());
    if (wanted !== null) return;
    setPicture(null);
    if (focusAfter === 'page') await ask(api.views.focus());
  }

  return {
    shown,
    picture,
    open: (overlay: Overlay): void => void coverAndShow(overlay),
    close: (focusAfter: FocusAfter): void => {
      wanted = null;
      setShown(null);
      void uncover(focusAfter);
    },
  };
}
