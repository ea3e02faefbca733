import { once } from 'node:events';
import type { ViewReport } from '@retrace/engine';
import type { NavigationList, SessionId, SessionRow } from '@retrace/protocol';
import type { Session, WebContents } from 'electron';
import { WebContentsView } from 'electron';
import { auditTime, Subject, Subscription } from 'rxjs';
import { guardNavigation, judgeFrameNavigation } from '../security/navigation-policy.ts';
import { viewPreferences } from '../security/web-preferences.ts';
import type { Vault } from '../vault/vault.ts';
import { bringCookiesBack, sessionOnlyCookies } from './cookie-keeper.ts';
import { stepTowards } from './history-step.ts';
import { KeptHistory } from './kept-history.ts';
import { navigationListOf } from './navigation-list.ts';
import type { Popups } from './popups.ts';
import { bringScrollBack, readScroll } from './scroll-keeper.ts';
import type { ViewLayout } from './view-layout.ts';
import { reportView } from './view-reports.ts';
import type { ViewReports } from './view-reports.ts';

/** Longest that the end of a page is waited for, in milliseconds. */
const END_MS = 3000;
/** How long after a change what is kept is written, in milliseconds: a login sets several cookies at once. */
const SAVE_MS = 200;

export interface SessionViewOptions {
  readonly layout: ViewLayout;
  readonly popups: Popups;
  readonly vault: Vault;
  readonly isPackaged: boolean;
  readonly report: (report: ViewReport) => void;
  /** Hears sentences for the person. */
  readonly tell: (notice: string) => void;
  /** Hears what only the log file needs to know. */
  readonly note: (message: string) => void;
}

/** What a session's page is in. A view whose page closed itself has none until it is loaded again. */
interface Page {
  readonly contents: WebContents;
  readonly reports: ViewReports;
}

/** One session's live view: its page, what is kept of it, and its ways through its history. */
export class SessionView {
  #page: Page | null = null;
  #history = new KeptHistory([]);
  /** What the page is at, or was at when it closed itself. */
  #navigation: NavigationList;
  /** A list is being restored: what the page has of it yet must not be taken for the whole. */
  #restoring = 0;
  /** The scroll is being brought back: where the page stands meanwhile says nothing. */
  #scrolling = 0;
  /** What is kept has changed. Saved shortly after, so that even a killed process leaves the login on the disk. */
  readonly #changes = new Subject<void>();
  #saving = Subscription.EMPTY;
  readonly #cookiesChanged = () => this.#changes.next();

  private constructor(
    private readonly id: SessionId,
    private readonly session: Session,
    private readonly homeUrl: string,
    navigation: NavigationList,
    private readonly options: SessionViewOptions,
  ) {
    this.#navigation = navigation;
  }

  /**
   * Makes a session's view, hidden, with the cookies and the history it had. `arrived` resolves when its page has come, failed
   * or was overtaken.
   */
  static async open(
    row: SessionRow,
    session: Session,
    options: SessionViewOptions,
  ): Promise<{ readonly view: SessionView; readonly arrived: Promise<void> }> {
    const { homeUrl, navigation } = row.metadata;
    const view = new SessionView(row.id, session, homeUrl, navigation, options);
    const kept = await options.vault.read(row.id);
    view.#history = new KeptHistory(kept.entries);
    await bringCookiesBack(session.cookies, kept.cookies, ({ name, domain }, error) => {
      options.note(`The cookie ${name} of ${domain} could not be set again: ${String(error)}`);
    });
    view.#saving = view.#changes.pipe(auditTime(SAVE_MS)).subscribe(() => {
      view.#save().catch((error: unknown) => {
        options.note(`What ${row.id} keeps could not be saved: ${String(error)}`);
      });
    });
    session.cookies.on('changed', view.#cookiesChanged);
    return { view, arrived: view.#restore(navigation) };
  }

  /** Goes to `target`. Resolves when the page has come, failed or was overtaken. */
  drive(target: NavigationList): Promise<void> {
    const page = this.#page;
    if (page === null) return this.#restore(target);
    const step = stepTowards(this.#navigation, target);
    switch (step.kind) {
      case 'none':
        if (page.contents.isCrashed()) page.contents.reload();
        return Promise.resolve();
      case 'load': {
        const arrived = page.reports.driving();
        load(page.contents, step.url);
        return arrived;
      }
      case 'go': {
        const arrived = page.reports.driving();
        page.contents.navigationHistory.goToIndex(step.index);
        return arrived;
      }
      case 'restore':
        return this.#restore(target);
    }
  }

  reload(): void {
    if (this.#page === null) void this.#restore(this.#navigation);
    else this.#page.contents.reload();
  }

  stop(): void {
    this.#page?.contents.stop();
  }

  /** Takes note of where the page is scrolled to and keeps it when that is news. */
  async keepScroll(): Promise<void> {
    if (await this.#noteScroll()) await this.#save();
  }

  /** Keeps cookies, history and scroll, then ends the page with its processes. */
  async close(): Promise<void> {
    this.session.cookies.removeListener('changed', this.#cookiesChanged);
    this.#saving.unsubscribe();
    try {
      await this.#noteScroll();
      await this.#save();
      // What the page itself stored lies in Chromium's buffers for up to half a minute.
      this.session.flushStorageData();
    } finally {
      await this.#discardPage();
    }
  }

  /** Puts a fresh page in place of the one there is, with `navigation` as its history: Chromium takes one only before the first load. */
  #restore(navigation: NavigationList): Promise<void> {
    this.#takeHistory();
    void this.#discardPage();
    const page = this.#makePage();
    this.#navigation = navigation;
    const { index } = navigation;
    const entries = this.#history.toRestore(navigation);
    const current = entries[index];

    this.#restoring += 1;
    const arrived = page.reports.driving();
    if (current === undefined || (entries.length === 1 && current.pageState === undefined)) {
      load(page.contents, current?.url ?? this.homeUrl);
    } else {
      page.contents.navigationHistory.restore({ entries, index }).catch((error: unknown) => {
        // A page that fails to load rejects too, but then the list is there and `did-fail-load` tells of it.
        if (page.contents.isDestroyed() || page.contents.navigationHistory.length() > 0) return;
        this.options.note(`The history of ${this.id} could not be restored: ${String(error)}`);
        load(page.contents, current.url);
      });
    }
    const scroll = current === undefined ? undefined : this.#history.at(index, current.url)?.scroll;
    return arrived.then(() => {
      this.#restoring -= 1;
      if (this.#page !== page) return;
      this.#takeHistory();
      // Page state holds the scroll, and Chromium brings it back itself.
      if (scroll !== undefined && current?.pageState === undefined) {
        this.#scrolling += 1;
        void bringScrollBack(page.contents, scroll).finally(() => (this.#scrolling -= 1));
      }
    });
  }

  #makePage(): Page {
    const { layout, popups, isPackaged, report, tell, note } = this.options;
    const view = new WebContentsView({
      webPreferences: viewPreferences({ session: this.session, isPackaged }),
    });
    const contents = view.webContents;
    const reports = reportView(contents, this.id, (said) => {
      if (said.kind === 'navigated') this.#navigated(said.navigation);
      report(said);
    });
    const page = { contents, reports };
    this.#page = page;

    guardNavigation(contents, judgeFrameNavigation, ({ url, reason, isMainFrame }) => {
      note(`A page of ${this.id} was kept from ${url}: ${reason}`);
      if (isMainFrame) tell(reason);
    });
    popups.attend(this.id, contents);
    // A page must not be able to hold the person back when they go elsewhere; its text is kept in its page state.
    contents.on('will-prevent-unload', (event) => event.preventDefault());
    contents.once('destroyed', () => {
      if (this.#page !== page) return;
      this.#page = null;
      reports.stop();
      layout.remove(this.id);
      report({ kind: 'crashed', sessionId: this.id, reason: 'closed by the page', exitCode: 0 });
    });
    layout.setPage(this.id, view);
    return page;
  }

  async #discardPage(): Promise<void> {
    const page = this.#page;
    if (page === null) return;
    this.#page = null;
    page.reports.stop();
    this.options.popups.close(this.id);
    this.options.layout.remove(this.id);
    if (page.contents.isDestroyed()) return;
    const ended = once(page.contents, 'destroyed', { signal: AbortSignal.timeout(END_MS) });
    page.contents.close();
    await ended.catch(() => {
      // Quitting, or opening the session again, must not wait for a page that hangs.
      this.options.note(`The page of ${this.id} had not ended after ${END_MS} ms.`);
    });
  }

  #navigated(navigation: NavigationList): void {
    if (this.#restoring > 0) return;
    this.#navigation = navigation;
    this.#takeHistory();
    this.#changes.next();
  }

  #takeHistory(): void {
    const contents = this.#page?.contents;
    if (contents === undefined || contents.isDestroyed() || this.#restoring > 0) return;
    this.#navigation = navigationListOf(contents.navigationHistory);
    this.#history.follow(contents.navigationHistory.getAllEntries());
  }

  /** Answers whether the scroll is another than the one known. */
  async #noteScroll(): Promise<boolean> {
    const contents = this.#page?.contents;
    if (contents === undefined || this.#scrolling > 0 || this.#restoring > 0) return false;
    const { index, entries } = this.#navigation;
    const url = entries[index]?.url;
    const scroll = await readScroll(contents);
    // The page may have gone elsewhere while it was asked.
    if (scroll === null || url === undefined || contents.isDestroyed() || contents.getURL() !== url)
      return false;
    return this.#history.scrolled(index, url, scroll);
  }

  async #save(): Promise<void> {
    this.#takeHistory();
    const cookies = await sessionOnlyCookies(this.session.cookies);
    await Promise.all([
      this.options.vault.write(this.id, { cookies, entries: [...this.#history.entries] }),
      this.session.cookies.flushStore(),
    ]);
  }
}

/** Loads an address; `did-fail-load` tells when that fails, so the promise has nothing to add. */
function load(contents: WebContents, url: string): void {
  contents.loadURL(url).catch(() => undefined);
}
