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
 *
 * Main is told one thing at a time: taking the picture takes a while, and a page that was uncovered in the meantime would
 * stay hidden for good.
 */
export function createOverlay({ api, ask }: Pick<Application, 'api' | 'ask'>) {
  const [shown, setShown] = createSignal<Overlay | null>(null);
  const [picture, setPicture] = createSignal<string | null>(null);
  let wanted: Overlay | null = null;
  let focusAfter: FocusAfter = 'opener';
  let isCovered = false;
  let settled = Promise.resolve();

  const wantsOne = () => wanted !== null;

  async function cover(): Promise<void> {
    const answer = await ask(api.views.cover());
    isCovered = true;
    setPicture(answer?.picture ?? null);
  }

  async function uncover(): Promise<void> {
    await ask(api.views.uncover());
    isCovered = false;
    setPicture(null);
    if (focusAfter === 'page' && !wantsOne()) await ask(api.views.focus());
  }

  async function settle(): Promise<void> {
    if (wantsOne() && !isCovered) await cover();
    setShown(wanted);
    if (!wantsOne() && isCovered) await uncover();
  }

  function want(overlay: Overlay | null): void {
    wanted = overlay;
    settled = settled.then(settle);
  }

  return {
    shown,
    picture,
    open: (overlay: Overlay): void => {
      // Asked for again, a dialog stays as it is, with what was typed in it.
      if (wanted?.kind !== overlay.kind) want(overlay);
    },
    close: (after: FocusAfter): void => {
      focusAfter = after;
      setShown(null);
      want(null);
    },
  };
}
