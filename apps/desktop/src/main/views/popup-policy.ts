import { judgeAddress } from '@retrace/protocol';
import type { HandlerDetails } from 'electron';

/** How long after a click or a key a page may still open something, in milliseconds. Chromium's own limit is five seconds. */
export const GESTURE_MS = 1000;

export type PopupVerdict =
  /** Opens over the page, in the same partition, and keeps its opener: what a sign-in needs. */
  | { readonly kind: 'popup' }
  /** The page itself goes there. */
  | { readonly kind: 'navigate'; readonly url: string }
  | { readonly kind: 'deny'; readonly notice: string };

export interface PopupRequest {
  readonly details: Pick<HandlerDetails, 'url' | 'frameName' | 'disposition'> & {
    readonly postBody?: HandlerDetails['postBody'] | null;
  };
  /** Since the person last clicked, tapped or pressed a key in the page, in milliseconds; null for never. */
  readonly sinceGesture: number | null;
  /** Whether a popup of this session is open already. */
  readonly isOpen: boolean;
}

/**
 * Security row 12: what becomes of a window that a page wants to open.
 *
 * A link with `target=_blank` and `window.open(url)` without name and features look alike; both are followed in place, since a
 * session is one page. A page that names its window, gives it features, posts a form to it or opens it empty wants to talk to
 * it, and gets it.
 */
export function judgePopup({ details, sinceGesture, isOpen }: PopupRequest): PopupVerdict {
  const verdict = judgeAddress(details.url === '' ? 'about:blank' : details.url);
  if (!verdict.allowed) return { kind: 'deny', notice: verdict.reason };
  if (sinceGesture === null || sinceGesture > GESTURE_MS) {
    return { kind: 'deny', notice: 'The page tried to open a window by itself. Retrace kept it closed.' };
  }
  switch (details.disposition) {
    case 'new-window':
      break;
    case 'foreground-tab':
    case 'default': {
      const isNamed = details.frameName !== '' && details.frameName !== '_blank';
      const carriesMore = isNamed || verdict.url === 'about:blank' || Boolean(details.postBody);
      if (!carriesMore) return { kind: 'navigate', url: verdict.url };
      break;
    }
    case 'background-tab':
      return {
        kind: 'deny',
        notice: 'A session shows one page at a time. Click the link without Ctrl to open it here.',
      };
    case 'other':
      return { kind: 'deny', notice: 'Retrace cannot open this kind of window.' };
  }
  if (isOpen) {
    return { kind: 'deny', notice: 'A window of this page is open already. Close it first.' };
  }
  return { kind: 'popup' };
}
