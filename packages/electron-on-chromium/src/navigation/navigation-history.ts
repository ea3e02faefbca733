import type Protocol from 'devtools-protocol';
import type { NavigationEntry, RestoreOptions } from 'electron';
import { blankWindowUrl } from '../browser/targets.ts';
import type { CdpSession } from '../cdp/session.ts';
import { ignoreGone } from '../cdp/gone.ts';
import { toExternalUrl } from '../protocol/custom-schemes.ts';
import { type DocumentAnswer, listOf, stepWithinDocument, walkThroughStubs } from './restore-stubs.ts';

/** What the list needs of its web contents. */
export interface HistoryHost {
  readonly cdp: CdpSession;
  readonly ready: Promise<unknown>;
  readonly targetId: string;
  /** The document that is shown, with its fragment. */
  readonly mainFrame: { readonly url: string };
  /** Sends the document requests of the page to `answer` instead of the network. */
  divertDocuments(answer: DocumentAnswer | undefined): void;
  /** Settles when every event that the page has caused so far was told. */
  eventsTold(): Promise<void>;
  loadURL(url: string): Promise<void>;
  /** Settles with the next load of the main frame's document; rejects as `loadURL` does. */
  nextLoad(url: string): Promise<void>;
}

interface Entry {
  readonly id: number;
  readonly url: string;
  readonly title: string;
}

/** How long the browser may take to learn of a commit that the page has told of, in milliseconds. */
const patience = 500;

/**
 * `webContents.navigationHistory`. Electron answers at once what Chromium's protocol answers later, so the list is mirrored:
 * {@link refresh} runs before the app is told of a navigation.
 */
export class NavigationHistory {
  readonly #host: HistoryHost;
  #entries: readonly Entry[] = [];
  #index = 0;
  /** The empty document that every page begins with, which Electron does not count. */
  #initial: number | undefined;
  #restoring = false;
  /** The entry that the app has asked for last, until the next commit. */
  #goingTo: number | undefined;
  /** What `restore` was given, until Chromium has it: Electron answers with it at once. */
  #promised: { readonly entries: readonly NavigationEntry[]; readonly index: number } | undefined;

  constructor(host: HistoryHost) {
    this.#host = host;
  }

  getActiveIndex(): number {
    return this.#promised?.index ?? this.#index;
  }

  getAllEntries(): NavigationEntry[] {
    if (this.#promised) return this.#promised.entries.map(({ url, title }) => ({ url, title }));
    return this.#entries.map(shown);
  }

  /** Null outside the list. */
  getEntryAtIndex(index: number): NavigationEntry {
    // Electron's types leave the null out that its documentation promises.
    return this.getAllEntries()[index] ?? (null as unknown as NavigationEntry);
  }

  /** 1 before the first navigation, as in Electron. */
  length(): number {
    return Math.max(1, this.getAllEntries().length);
  }

  canGoBack(): boolean {
    return this.canGoToOffset(-1);
  }

  canGoForward(): boolean {
    return this.canGoToOffset(1);
  }

  canGoToOffset(offset: number): boolean {
    return this.getAllEntries()[this.getActiveIndex() + offset] !== undefined;
  }

  goBack(): void {
    this.goToOffset(-1);
  }

  goForward(): void {
    this.goToOffset(1);
  }

  goToOffset(offset: number): void {
    this.goToIndex(this.getActiveIndex() + offset);
  }

  /** Nothing happens outside the list, as in Electron. */
  goToIndex(index: number): void {
    const entry = this.#entries[index];
    if (!entry) return;
    this.#goingTo = entry.id;
    const going =
      index === this.#index
        ? this.#host.cdp.send('Page.reload', {})
        : this.#host.cdp.send('Page.navigateToHistoryEntry', { entryId: entry.id });
    going.catch(ignoreGone);
  }

  /** Leaves the page that is shown as the only entry. */
  clear(): void {
    const current = this.#entries[this.#index];
    if (!current) return;
    this.#entries = [current];
    this.#index = 0;
    this.#host.cdp.send('Page.resetNavigationHistory').catch(ignoreGone);
  }

  /**
   * Brings a list back and loads its entry `index` (the last one when left out); the other pages are not requested.
   * `pageState` is not looked at: Chromium does not take it over its protocol.
   *
   * Rejects when the page has loaded something before, when the index is outside the list, and as `loadURL` does.
   */
  restore(options: RestoreOptions): Promise<void> {
    const restored = this.#restore(options);
    // Electron attaches one too: an app that does not wait for the load is not ended by its failure.
    restored.catch(() => undefined);
    return restored;
  }

  /** For the runtime only: true while the page is on stubs, of which the app must hear nothing. */
  get isRestoring(): boolean {
    return this.#restoring;
  }

  /** For the runtime only: the page that is shown has got another title. */
  titleChanged(title: string): void {
    if (this.#restoring) return;
    this.#entries = this.#entries.map((entry, index) =>
      index === this.#index ? { ...entry, title } : entry,
    );
  }

  /** For the runtime only. The first call must come before the first navigation: it learns which entry is the empty one. */
  async refresh(): Promise<void> {
    const { cdp } = this.#host;
    let list = await this.#settledList();
    const [first] = list.entries;
    this.#initial ??= list.entries.length === 1 && first && isEmpty(first.url) ? first.id : -1;
    if (first?.id === this.#initial && list.entries.length === 2 && list.currentIndex === 1) {
      await cdp.send('Page.resetNavigationHistory');
      list = await cdp.send('Page.getNavigationHistory');
    }
    const entries = list.entries.filter(({ id }) => id !== this.#initial);
    this.#index = Math.max(0, list.currentIndex - (list.entries.length - entries.length));
    this.#entries = entries.map(({ id, url, title }) => ({ id, url, title }));
    if (
      !this.#restoring &&
      entries.length === this.#promised?.entries.length &&
      this.#index === this.#promised.index
    )
      this.#promised = undefined;
  }

  /**
   * The page tells that it has another document before the browser, which keeps the list, knows: then the current entry is not
   * yet that of the document, or not the one that was gone to. Pages of errors never agree with their entry, and a step may have
   * been refused, so there is an end to asking.
   */
  async #settledList(): Promise<Protocol.Page.GetNavigationHistoryResponse> {
    const { cdp, mainFrame } = this.#host;
    const goingTo = this.#goingTo;
    this.#goingTo = undefined;
    const deadline = performance.now() + patience;
    let list = await listOf(cdp);
    for (let tries = 0; performance.now() < deadline; tries += 1) {
      const current = list?.entries[list.currentIndex];
      const { url } = mainFrame;
      if (list && (!current || url === '' || url.startsWith('chrome-error:'))) break;
      if (
        current &&
        toExternalUrl(current.url) === url &&
        (goingTo === undefined || goingTo === current.id || tries > 20)
      )
        break;
      list = await listOf(cdp);
    }
    return list ?? (await cdp.send('Page.getNavigationHistory'));
  }

  async #restore({ entries, index = entries.length - 1 }: RestoreOptions): Promise<void> {
    const chosen = entries[index];
    if (!chosen) {
      throw new Error(
        'Invalid index. Index must be a positive integer and within the bounds of the navigation history length.',
      );
    }
    if (this.getAllEntries().length > 0)
      throw new Error('Cannot restore history on webContents that have previously loaded a page.');
    this.#promised = { entries, index };
    try {
      await this.#host.ready;
      await this.#load(entries, index, chosen);
    } finally {
      this.#promised = undefined;
    }
  }

  async #load(entries: readonly NavigationEntry[], index: number, chosen: NavigationEntry): Promise<void> {
    const { cdp, targetId } = this.#host;
    const direct = index === entries.length - 1 && !isSameDocument(chosen.url, entries[index - 1]?.url);
    const stubs = direct ? entries.slice(0, -1) : entries;
    this.#restoring = true;
    try {
      if (stubs.length > 0)
        await walkThroughStubs(cdp, targetId, stubs, (answer) => this.#host.divertDocuments(answer));
      await this.#host.eventsTold();
      await this.refresh();
      if (isWithinLastDocument(entries, index) && index !== this.#index) {
        // A step inside the stub's own document loads nothing: it is taken now, and the entry is loaded anew below.
        const entry = this.#entries[index];
        if (entry) await stepWithinDocument(cdp, entry.id);
        await this.#host.eventsTold();
        await this.refresh();
      }
    } finally {
      this.#restoring = false;
    }
    if (direct) {
      await this.#host.loadURL(chosen.url);
      return;
    }
    const loaded = this.#host.nextLoad(chosen.url);
    this.goToIndex(index);
    await loaded;
  }
}

function shown({ url, title }: Entry): NavigationEntry {
  return { url: toExternalUrl(url), title };
}

function isEmpty(url: string): boolean {
  return url === '' || url === 'about:blank' || url.startsWith(blankWindowUrl);
}

/** Whether all entries from `index` on are one document for Chromium: they differ by their fragments at most. */
function isWithinLastDocument(entries: readonly NavigationEntry[], index: number): boolean {
  return entries.slice(index + 1).every(({ url }, at) => isSameDocument(url, entries[index + at]?.url));
}

/** Going from one to the other would not load a document. */
function isSameDocument(url: string, before: string | undefined): boolean {
  return before !== undefined && url.split('#')[0] === before.split('#')[0];
}
