import type { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { SaveDialogOptions } from 'electron';
import { eventWith } from '../electron-event.ts';
import type { Lease } from '../browser/partition-host.ts';
import type { WebContents } from '../web-contents/web-contents.ts';
import { DownloadItem } from './download-item.ts';

/** Asks a person where a file goes; undefined when nobody wants it. Set once by `dialog`, which knows the windows. */
type AskPlace = (options: SaveDialogOptions) => Promise<string | undefined>;
let askPlace: AskPlace = () => Promise.resolve(undefined);

export function onDownloadToPlace(ask: AskPlace): void {
  askPlace = ask;
}

/** Where Chromium writes what is not complete yet: beside the profile, so that nothing is left elsewhere. */
const folderOf = ({ process }: Lease): string => join(process.profileDir, 'Downloads in progress');

/**
 * Emits `will-download` on `session`; a listener that prevents it cancels the download. Without a listener all are refused; with
 * one that sets no path a person is asked.
 */
export async function watchDownloads(session: EventEmitter, contents: WebContents): Promise<void> {
  const { lease } = contents;
  const end = tell(session, contents, lease, (frameId) => contents.hasFrame(frameId));
  void contents.cdp.detached.then(end);
  const { browserContextId } = lease;
  await lease.process.browser.send('Browser.setDownloadBehavior', {
    behavior: 'allowAndName',
    downloadPath: folderOf(lease),
    eventsEnabled: true,
    ...(browserContextId === undefined ? {} : { browserContextId }),
  });
}

/** `webContents.downloadURL`: whatever the address answers is saved, also what a page would show. */
export async function downloadURL(contents: WebContents, url: string): Promise<void> {
  await contents.ready;
  const lease = await contents.takeLease();
  const { browser } = lease.process;
  const page = await lease.targets.create({
    surface: 'hidden',
    browserContextId: lease.browserContextId,
    width: 1,
    height: 1,
  });
  const { targetId, session: cdp } = page;
  let begun = false;
  const close = (): void => {
    // It may have gone with its process.
    void browser.send('Target.closeTarget', { targetId }).catch(() => undefined);
  };
  const end = tell(
    contents.session,
    contents,
    lease,
    (frameId) => {
      if (frameId !== targetId || begun) return false;
      begun = true;
      close();
      return true;
    },
    () => {
      end();
      void lease.release();
    },
  );
  cdp.on('Fetch.requestPaused', ({ requestId, responseStatusCode, responseHeaders = [] }) => {
    // The server's own header would win over the one that is added.
    const kept = responseHeaders.filter(({ name }) => name.toLowerCase() !== 'content-disposition');
    const given = responseHeaders.find(({ name }) => name.toLowerCase() === 'content-disposition')?.value;
    const value = given?.replace(/^\s*inline/i, 'attachment') ?? 'attachment';
    const isFile = responseStatusCode !== undefined && responseStatusCode < 300;
    void cdp.send('Fetch.continueResponse', {
      requestId,
      ...(isFile
        ? {
            responseCode: responseStatusCode,
            responseHeaders: [...kept, { name: 'Content-Disposition', value }],
          }
        : {}),
    });
  });
  await Promise.all([
    cdp.send('Fetch.enable', { patterns: [{ requestStage: 'Response' }] }),
    cdp.send('Runtime.runIfWaitingForDebugger'),
  ]);
  await cdp.send('Page.navigate', { url }).catch(() => undefined);
}

/** Tells the downloads whose frame `isMine` knows. Returns what ends it. */
function tell(
  session: EventEmitter,
  contents: WebContents,
  lease: Lease,
  isMine: (frameId: string) => boolean,
  onDone: () => void = () => undefined,
): () => void {
  const { browser } = lease.process;
  const items = new Map<string, DownloadItem>();
  const endBeginnings = browser.on(
    'Browser.downloadWillBegin',
    ({ frameId, guid, url, suggestedFilename: fileName }) => {
      if (!isMine(frameId)) return;
      const item = new DownloadItem(browser, {
        guid,
        url,
        fileName,
        browserContextId: lease.browserContextId,
        file: join(folderOf(lease), guid),
      });
      items.set(guid, item);
      const event = eventWith({});
      session.emit('will-download', event, item, contents);
      if (event.defaultPrevented || session.listenerCount('will-download') === 0) item.cancel();
      else if (item.getSavePath() === '')
        item.place((options) => askPlace({ defaultPath: fileName, ...options }));
    },
  );
  let ended = false;
  const endProgress = browser.on('Browser.downloadProgress', ({ guid, receivedBytes, totalBytes, state }) => {
    void items.get(guid)?.progress(receivedBytes, totalBytes, state);
    if (state === 'inProgress' || !items.delete(guid)) return;
    onDone();
    if (ended && items.size === 0) endProgress();
  });
  // What has begun goes on when its page is gone.
  return () => {
    ended = true;
    endBeginnings();
    if (items.size === 0) endProgress();
  };
}
