import { EventEmitter } from 'node:events';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SaveDialogOptions } from 'electron';
import type { CdpSession } from '../cdp/session.ts';
import { eventWith } from '../electron-event.ts';

type State = 'progressing' | 'completed' | 'cancelled' | 'interrupted';

/** What Chromium tells when a download begins. */
export interface DownloadStart {
  readonly guid: string;
  readonly url: string;
  readonly fileName: string;
  /** Undefined for the profile itself. */
  readonly browserContextId: string | undefined;
  /** Where Chromium writes it; it is moved from there when it is complete. */
  readonly file: string;
}

/** One download. It cannot be paused: Chromium's protocol has no command for it. */
export class DownloadItem extends EventEmitter {
  readonly #start: DownloadStart;
  readonly #browser: CdpSession;
  readonly #startTime = Date.now() / 1000;
  #state: State = 'progressing';
  #received = 0;
  #total = 0;
  #endTime = 0;
  #savePath = '';
  #saveOptions: SaveDialogOptions = {};
  #cancelled = false;
  /** Settles when it is known where the file goes: at once, or when a person has answered. */
  #placed: Promise<unknown> = Promise.resolve();

  constructor(browser: CdpSession, start: DownloadStart) {
    super();
    this.#browser = browser;
    this.#start = start;
  }

  getFilename(): string {
    return this.#start.fileName;
  }

  getURL(): string {
    return this.#start.url;
  }

  getURLChain(): string[] {
    return [this.#start.url];
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

  /** 0 to 100, or -1 when the server did not say how much there is. */
  getPercentComplete(): number {
    return this.#total === 0 ? -1 : Math.floor((this.#received / this.#total) * 100);
  }

  /** Seconds since 1970. */
  getStartTime(): number {
    return this.#startTime;
  }

  /** Seconds since 1970; 0 until it has ended. */
  getEndTime(): number {
    return this.#endTime;
  }

  isPaused(): boolean {
    return false;
  }

  canResume(): boolean {
    return false;
  }

  /** Only within `will-download`, as in Electron: later a person has been asked. */
  setSavePath(path: string): void {
    this.#savePath = path;
  }

  get savePath(): string {
    return this.#savePath;
  }

  set savePath(path: string) {
    this.#savePath = path;
  }

  getSavePath(): string {
    return this.#savePath;
  }

  /** What the question where to save is asked with, when no path is set. */
  setSaveDialogOptions(options: SaveDialogOptions): void {
    this.#saveOptions = { ...options };
  }

  getSaveDialogOptions(): SaveDialogOptions {
    return { ...this.#saveOptions };
  }

  cancel(): void {
    this.#cancelled = true;
    // A download that has ended meanwhile is reported by its own event.
    const { guid, browserContextId } = this.#start;
    const inContext = browserContextId === undefined ? {} : { browserContextId };
    void this.#browser.send('Browser.cancelDownload', { guid, ...inContext }).catch(() => undefined);
  }

  /** For the session only: `ask` answers where the file goes, or undefined to give the download up. */
  place(ask: (options: SaveDialogOptions) => Promise<string | undefined>): void {
    this.#placed = ask(this.#saveOptions).then((path) => {
      if (path === undefined) this.cancel();
      else this.#savePath = path;
    });
  }

  /** For the session only. */
  async progress(
    received: number,
    total: number,
    state: 'inProgress' | 'completed' | 'canceled',
  ): Promise<void> {
    this.#received = received;
    this.#total = total;
    if (state === 'inProgress') {
      this.emit('updated', eventWith({}), 'progressing');
      return;
    }
    await this.#placed;
    this.#endTime = Date.now() / 1000;
    this.#state = this.#cancelled ? 'cancelled' : await this.#finish(state);
    if (this.#state !== 'completed') await rm(this.#start.file, { force: true });
    this.emit('done', eventWith({}), this.#state);
  }

  async #finish(state: 'completed' | 'canceled'): Promise<State> {
    if (state === 'canceled') return 'interrupted';
    try {
      await move(this.#start.file, this.#savePath);
      return 'completed';
    } catch {
      // No room, or no right to write there: Electron tells no more of it than this.
      return 'interrupted';
    }
  }
}

async function move(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  try {
    await rename(from, to);
  } catch (error) {
    // The two are on different disks.
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await copyFile(from, to);
    await rm(from);
  }
}
