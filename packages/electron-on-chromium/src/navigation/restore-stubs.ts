import type Protocol from 'devtools-protocol';
import type { NavigationEntry } from 'electron';
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
      else await goTo(page, mainFrameId, url);
      if (before === undefined) await page.send('Page.resetNavigationHistory');
      before = url;
    }
  } finally {
    divert(undefined);
    await page.send('Network.setBypassServiceWorker', { bypass: false });
  }
}

/** Goes to an entry of the document that is shown. */
export async function stepWithinDocument(
  page: CdpSession,
  mainFrameId: string,
  entryId: number,
): Promise<void> {
  const { stepped, stop } = watchArrival(page, mainFrameId);
  try {
    await page.send('Page.navigateToHistoryEntry', { entryId });
    await stepped;
  } finally {
    stop();
  }
}

async function goTo(page: CdpSession, mainFrameId: string, url: string): Promise<void> {
  const { stepped, loaded, stop } = watchArrival(page, mainFrameId);
  try {
    const { errorText, loaderId } = await page.send('Page.navigate', { url });
    if (errorText !== undefined) throw new Error(`${errorText} restoring '${url}'`);
    // Chromium names a loader only where there is another document to load.
    await (loaderId === undefined ? stepped : loaded);
  } finally {
    stop();
  }
}

/**
 * `stepped` settles when the main frame has moved within its document, `loaded` when it has another one whole. The end of
 * loading counts only after its commit: the step before may still be telling of its own end. Both settle when the page goes.
 */
function watchArrival(
  page: CdpSession,
  mainFrameId: string,
): { readonly stepped: Promise<void>; readonly loaded: Promise<void>; readonly stop: () => void } {
  const ends: (() => void)[] = [];
  const stepped = new Promise<void>((resolve) => {
    ends.push(page.on('Page.navigatedWithinDocument', ({ frameId }) => frameId === mainFrameId && resolve()));
    void page.detached.then(() => resolve());
  });
  const loaded = new Promise<void>((resolve) => {
    let committed = false;
    ends.push(
      page.on('Page.frameNavigated', ({ frame }) => {
        if (frame.id === mainFrameId) committed = true;
      }),
      page.on('Page.frameStoppedLoading', ({ frameId }) => {
        if (committed && frameId === mainFrameId) resolve();
      }),
    );
    void page.detached.then(() => resolve());
  });
  return { stepped, loaded, stop: () => ends.forEach((end) => end()) };
}

/** Going to the address where the page is already would replace the entry instead of adding one. */
async function repeatEntry(page: CdpSession): Promise<void> {
  await page.send('Runtime.evaluate', { expression: 'history.pushState(null, "", location.href)' });
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}
