import { EventEmitter } from 'node:events';
import { tmpdir } from 'node:os';
import { eventWith } from '../electron-event.ts';
import type { CdpSession } from '../cdp/session.ts';
import type { WebContents } from '../web-contents/web-contents.ts';

type State = 'progressing' | 'completed' | 'cancelled' | 'interrupted';

/** One download, as far as Chromium tells of it: its name, its progress, and that it can be cancelled. */
export class DownloadItem extends EventEmitter {
  readonly #guid: string;
  readonly #url: string;
  readonly #fileName: string;
  readonly #browser: CdpSession;
  #state: State = 'progressing';
  #received = 0;
  #total = 0;

  constructor(browser: CdpSession, guid: string, url: string, fileName: string) {
    super();
    this.#browser = browser;
    this.#guid = guid;
    this.#url = url;
    this.#fileName = fileName;
  }

  getFilename(): string {
    return this.#fileName;
  }

  getURL(): string {
    return this.#url;
  }

  getState(): State {
    return this.#state;
  }

  getReceivedBytes(): number {
    return this.#received;
  }

  /** 0 when the server did not say. */
  getTotalBytes(): number {
    return this.#total;
  }

  cancel(): void {
    // A download that has ended meanwhile is reported by its own event.
    void this.#browser.send('Browser.cancelDownload', { guid: this.#guid }).catch(() => undefined);
  }

  /** For the session only. */
  progress(received: number, total: number, state: 'inProgress' | 'completed' | 'canceled'): void {
    this.#received = received;
    this.#total = total;
    if (state === 'inProgress') this.emit('updated', eventWith({}), 'progressing');
    else {
      this.#state = state === 'completed' ? 'completed' : 'cancelled';
      this.emit('done', eventWith({}), this.#state);
    }
  }
}

/** Emits `will-download` on `session`; a listener that prevents it cancels the download. Without a listener all are refused. */
export async function watchDownloads(session: EventEmitter, contents: WebContents): Promise<void> {
  const { process, browserContextId } = contents.lease;
  const { browser } = process;
  const items = new Map<string, DownloadItem>();
  const ends = [
    browser.on('Browser.downloadWillBegin', ({ frameId, guid, url, suggestedFilename }) => {
      if (!contents.hasFrame(frameId)) return;
      const item = new DownloadItem(browser, guid, url, suggestedFilename);
      items.set(guid, item);
      const event = eventWith({});
      session.emit('will-download', event, item, contents);
      if (event.defaultPrevented || session.listenerCount('will-download') === 0) item.cancel();
    }),
    browser.on('Browser.downloadProgress', ({ guid, receivedBytes, totalBytes, state }) => {
      items.get(guid)?.progress(receivedBytes, totalBytes, state);
      if (state !== 'inProgress') items.delete(guid);
    }),
  ];
  void contents.cdp.detached.then(() => {
    for (const end of ends) end();
  });
  await browser.send('Browser.setDownloadBehavior', {
    behavior: 'allowAndName',
    downloadPath: tmpdir(),
    eventsEnabled: true,
    ...(browserContextId === undefined ? {} : { browserContextId }),
  });
}
