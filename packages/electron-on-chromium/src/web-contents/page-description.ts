import { randomUUID } from 'node:crypto';
import type { CdpSession } from '../cdp/session.ts';

export interface DescriptionListener {
  /** `title` is empty when the document has none. */
  onTitle(title: string): void;
  onFavicons(urls: readonly string[]): void;
}

type Report = { readonly title: string } | { readonly favicons: readonly string[] };

/**
 * Chromium's protocol does not tell when a title or icon changes, so a script in a world of its own watches the head of
 * every document of the main frame.
 */
export async function describePage(cdp: CdpSession, listener: DescriptionListener): Promise<void> {
  const binding = `electronDescribe${randomUUID().replaceAll('-', '')}`;
  const worldName = 'electron-page-description';
  cdp.on('Runtime.bindingCalled', ({ name, payload }) => {
    if (name !== binding) return;
    const report = JSON.parse(payload) as Report;
    if ('title' in report) listener.onTitle(report.title);
    else listener.onFavicons(report.favicons);
  });
  await Promise.all([
    cdp.send('Runtime.addBinding', { name: binding, executionContextName: worldName }),
    cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: script(binding), worldName }),
  ]);
}

/** As text, because a bundler may add helpers to a function that the page does not have. */
const script = (binding: string) => `if (window === window.top && location.protocol !== 'chrome-error:') {
  const report = (what) => globalThis.${binding}(JSON.stringify(what));
  let title;
  let favicons = '';
  const look = () => {
    if (document.title !== title) report({ title: (title = document.title) });
    const links = [...document.querySelectorAll('link[rel~="icon" i]')].map((link) => link.href).filter((href) => href !== '');
    // Chromium asks every site for this one when its page names none.
    const found = links.length > 0 || !/^https?:$/.test(location.protocol) ? links : [new URL('/favicon.ico', location.href).href];
    if (found.join('\\n') !== favicons) {
      favicons = found.join('\\n');
      report({ favicons: found });
    }
  };
  const watch = () => {
    look();
    new MutationObserver(look).observe(document.head ?? document.documentElement, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['href', 'rel'] });
  };
  // On the window: the first document of a popup of the same origin takes over the window of the empty one before it, and this
  // script with it.
  addEventListener('DOMContentLoaded', watch);
  if (document.readyState !== 'loading' && location.href !== 'about:blank') watch();
}`;
