import type { PopupStatus, SessionRow, ViewStatus } from '@retrace/protocol';

export interface Notice {
  readonly kind: 'popup' | 'trouble';
  readonly text: string;
}

/** What to say of the page that is shown, or null when it speaks for itself. */
export function pageNotice(
  session: SessionRow,
  view: ViewStatus | undefined,
  popup: PopupStatus | null,
): Notice | null {
  if (popup !== null && popup.sessionId === session.id) {
    return { kind: 'popup', text: `Sign-in window: ${placeOf(popup.url)}` };
  }
  if (session.metadata.crash !== null) {
    return { kind: 'trouble', text: 'This page has crashed. What you typed in it may be lost.' };
  }
  if (view !== undefined && view.error !== null) {
    return { kind: 'trouble', text: `This page could not be loaded. ${view.error}` };
  }
  return null;
}

/** Host and port are what a person can check before typing a password; the rest of the address only hides them. */
function placeOf(url: string): string {
  const host = URL.canParse(url) ? new URL(url).host : '';
  return host === '' ? 'empty page' : host;
}
