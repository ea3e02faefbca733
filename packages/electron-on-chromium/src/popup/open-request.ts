import type Protocol from 'devtools-protocol';
import type { HandlerDetails } from 'electron';

/** What a page asked for when it opened a window, in Electron's words. */
export type OpenRequest = Pick<HandlerDetails, 'url' | 'frameName' | 'features' | 'disposition'>;

/** `window.open`, a link or a form with a target. */
export function requestFromScript(event: Protocol.Page.WindowOpenEvent): OpenRequest {
  const { url, windowName, windowFeatures } = event;
  return {
    url,
    frameName: windowName === '_blank' ? '' : windowName,
    // Chromium lists the parts of the window too; a page has written only those with a value, and what cuts it off.
    features: windowFeatures.filter((feature) => /=|^no(opener|referrer)$/.test(feature)).join(','),
    // A window without a toolbar is what asking for a size makes of a tab.
    disposition: windowFeatures.includes('toolbar') ? 'foreground-tab' : 'new-window',
  };
}

/** A click with a key or the middle button; undefined for what stays in its tab. */
export function requestFromClick(
  event: Protocol.Page.FrameRequestedNavigationEvent,
): OpenRequest | undefined {
  switch (event.disposition) {
    case 'newTab':
      return { url: event.url, frameName: '', features: '', disposition: 'background-tab' };
    case 'newWindow':
      return { url: event.url, frameName: '', features: '', disposition: 'new-window' };
    case 'currentTab':
    case 'download':
      return undefined;
  }
}
