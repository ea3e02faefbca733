import type { WebContents } from 'electron';
import { judgeAddress } from '@retrace/protocol';
import type { AddressVerdict } from '@retrace/protocol';

/**
 * Security row 11: whether a frame of a session's page may go to `url`. The same addresses as a person may type, for every
 * frame; a frame inside the page may also be written by the page itself (`srcdoc`).
 */
export function judgeFrameNavigation(url: string, isMainFrame: boolean): AddressVerdict {
  if (!isMainFrame && url === 'about:srcdoc') return { allowed: true, url };
  return judgeAddress(url);
}

/**
 * Holds every navigation of `contents` that a page starts, in any frame, to `judge`, redirects included.
 * Loads that Retrace itself starts raise none of these events: their addresses are judged where they come in.
 *
 * @param refused is told of each refusal.
 */
export function guardNavigation(
  contents: WebContents,
  judge: (url: string, isMainFrame: boolean) => AddressVerdict,
  refused: (refusal: {
    readonly url: string;
    readonly reason: string;
    readonly isMainFrame: boolean;
  }) => void,
): void {
  // A main frame raises both `will-frame-navigate` and `will-navigate` for one navigation; the first refusal ends it.
  const guard = (event: { readonly url: string; readonly isMainFrame: boolean; preventDefault(): void }) => {
    const verdict = judge(event.url, event.isMainFrame);
    if (verdict.allowed) return;
    event.preventDefault();
    refused({ url: event.url, reason: verdict.reason, isMainFrame: event.isMainFrame });
  };
  contents.on('will-frame-navigate', guard);
  contents.on('will-navigate', guard);
  contents.on('will-redirect', guard);
}
