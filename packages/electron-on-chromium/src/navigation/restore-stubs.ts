import type Protocol from 'devtools-protocol';
import type { NavigationEntry } from 'electron';
import { CdpError } from '../cdp/errors.ts';
import type { CdpSession } from '../cdp/session.ts';
import { toInternalUrl } from '../protocol/custom-schemes.ts';

/** Takes over the document requests of a page; true when it has answered one. */
export type DocumentAnswer = (cdp: CdpSession, paused: Protocol.Fetch.RequestPausedEvent) => boolean;

/**
 * Fills the back/forward list of a page that has none yet. Chromium's protocol cannot set a list, so the page is taken through
 * the entries, each answered on the spot by an empty document with the entry's title: no server sees a request.
 *
 * `divert` installs what answers documents until it is called with undefined. Settles when the list is complete and the page
 * stands on its last entry.
 */
export async function walkThroughStubs(
  page: CdpSession,
  mainFrameId: string,
  entries: readonly NavigationEntry[],
  divert: (answer: DocumentAnswer | undefined) => void,
): Promise<void> {
  let title = '';
  divert((cdp, { requestId, frameId, responseStatusCode }) => {
    if (frameId !== mainFrameId || responseStatusCode !== undefined) return false;
    const body = Buffer.from(`<!doctype html><meta charset="utf-8"><title>${escapeHtml(title)}</title>`);
    void cdp.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: 200,
      responseHeaders: [{ name: 'Content-Type', value: 'text/html; charset=utf-8' }],
      body: body.toString('base64'),
    });
    return true;
  });
  // A service worker of the site would answer in the stub's place, with requests of its own.
  await page.send('Network.setBypassServiceWorker', { bypass: true });
  try {
    let before: string | undefined;
    for (const entry of entries) {
      title = entry.title;
      const url = toInternalUrl(entry.url);
      if (url === before) await repeatEntry(page);
      else await goTo(page, url);
      if (before === undefined) await page.send('Page.resetNavigationHistory');
      before = url;
    }
  } finally {
    divert(undefined);
    await page.send('Network.setBypassServiceWorker', { bypass: false });
  }
}

/** Goes to an entry of the document that is shown. */
export async function stepWithinDocument(page: CdpSession, entryId: number): Promise<void> {
  await page.send('Page.navigateToHistoryEntry', { entryId });
  await currentEntry(page, ({ id }) => id === entryId);
}

async function goTo(page: CdpSession, url: string): Promise<void> {
  const before = await currentEntry(page);
  const { errorText, loaderId } = await page.send('Page.navigate', { url });
  if (errorText !== undefined) throw new Error(`${errorText} restoring '${url}'`);
  await currentEntry(page, ({ id }) => id !== before.id);
  // Chromium names a loader only where there is another document to load. Its title is kept once it is whole.
  if (loaderId !== undefined) await page.send('Runtime.evaluate', { expression: WHOLE, awaitPromise: true });
}

const WHOLE = `document.readyState === 'complete' || new Promise((whole) => addEventListener('load', whole))`;

/**
 * The entry that the browser holds for the current one, once it is the `wanted` one. Asked of the browser: the page's own events
 * of one step come while the next is under way, and cannot be told apart.
 *
 * Rejects after {@link PATIENCE_MS}; then the app loads the page plainly.
 */
async function currentEntry(
  page: CdpSession,
  wanted: (entry: Protocol.Page.NavigationEntry) => boolean = () => true,
): Promise<Protocol.Page.NavigationEntry> {
  const deadline = performance.now() + PATIENCE_MS;
  do {
    const list = await listOf(page);
    const entry = list?.entries[list.currentIndex];
    if (entry !== undefined && wanted(entry)) return entry;
  } while (performance.now() < deadline);
  throw new Error('Chromium did not take the page to an entry of the list to restore.');
}

/** How long one step through the list may take, in milliseconds. A stub is answered here, so it takes a few. */
const PATIENCE_MS = 5_000;

/** Undefined while Chromium swaps the page's process for another, which it refuses for that moment. */
export async function listOf(
  page: CdpSession,
): Promise<Protocol.Page.GetNavigationHistoryResponse | undefined> {
  try {
    return await page.send('Page.getNavigationHistory');
  } catch (error) {
    if (error instanceof CdpError && error.message.includes('Not attached to an active page'))
      return undefined;
    throw error;
  }
}

/** Going to the address where the page is already would replace the entry instead of adding one. */
async function repeatEntry(page: CdpSession): Promise<void> {
  await page.send('Runtime.evaluate', { expression: 'history.pushState(null, "", location.href)' });
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}
