/// <reference lib="dom" />
import type { CdpSession } from '../cdp/session.ts';

const world = 'electron-cookie-watch';
const binding = 'electronCookieChange';

/**
 * Calls `notify` when a page may have changed a cookie. Chromium's protocol has no event for that, so three signs are put
 * together: the `Set-Cookie` headers of every response (also of redirects and HttpOnly ones), the Cookie Store API's own event in
 * a world that the page cannot see (which tells of `document.cookie`), and the end of each load for pages without that API,
 * which are those that are not served from a secure context.
 *
 * Returns what ends the watch.
 */
export function watchCookieWrites(page: CdpSession, notify: () => void): () => void {
  const ends = [
    page.on('Network.responseReceivedExtraInfo', ({ headers }) => {
      if (Object.keys(headers).some((name) => name.toLowerCase() === 'set-cookie')) notify();
    }),
    page.on('Page.loadEventFired', notify),
    page.on('Runtime.bindingCalled', ({ name }) => {
      if (name === binding) notify();
    }),
  ];
  const source = `(${reportCookieChanges.toString()})(${JSON.stringify(binding)})`;
  const commands = [
    page.send('Network.enable', {}),
    page.send('Page.enable'),
    page.send('Runtime.enable'),
    page.send('Runtime.addBinding', { name: binding, executionContextName: world }),
    page.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName: world, runImmediately: true }),
  ];
  // A page that is gone before it could be watched changes no cookies any more.
  void Promise.allSettled(commands);
  return () => {
    for (const end of ends) end();
  };
}

/** Runs in the page; refers to nothing outside itself. */
function reportCookieChanges(name: string): void {
  // Chromium puts the binding on this world's global, which the library's types cannot know.
  const report = Reflect.get(globalThis, name) as ((payload: string) => void) | undefined;
  // Not there outside secure contexts, which the library's types do not say.
  const store: unknown = Reflect.get(globalThis, 'cookieStore');
  if (store instanceof EventTarget) store.addEventListener('change', () => report?.(''));
}
