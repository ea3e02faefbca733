import type { PopupStatus, SessionId } from '@retrace/protocol';
import type { BrowserWindowConstructorOptions, InputEvent, WebContents } from 'electron';
import { WebContentsView } from 'electron';
import { BehaviorSubject } from 'rxjs';
import { guardNavigation, judgeFrameNavigation } from '../security/navigation-policy.ts';
import { popupPreferences } from '../security/web-preferences.ts';
import { judgePopup } from './popup-policy.ts';
import type { ViewLayout } from './view-layout.ts';

/** What a person does when they act on a page; moving the mouse is none of it. */
const GESTURES: ReadonlySet<InputEvent['type']> = new Set([
  'mouseDown',
  'mouseUp',
  'rawKeyDown',
  'keyDown',
  'touchEnd',
  'gestureTap',
]);

interface PopupsOptions {
  readonly layout: ViewLayout;
  readonly isPackaged: boolean;
  readonly tell: (notice: string) => void;
}

/**
 * The windows that pages open: at most one a session, laid over its page, in its partition. It goes when it closes itself,
 * when the person closes it, and with its page.
 */
export class Popups {
  /** The popups that are open, by session. */
  readonly statuses$ = new BehaviorSubject<ReadonlyMap<SessionId, PopupStatus>>(new Map());
  readonly #open = new Map<SessionId, WebContents>();

  constructor(private readonly options: PopupsOptions) {}

  /** Decides over every window that `contents`, the page of a session, wants to open. */
  attend(id: SessionId, contents: WebContents): void {
    const { tell } = this.options;
    let gestureAt: number | null = null;
    // Electron does not say whether a window was asked for by a gesture, so gestures are watched.
    contents.on('input-event', (_event, input) => {
      if (GESTURES.has(input.type)) gestureAt = performance.now();
    });
    contents.setWindowOpenHandler((details) => {
      const verdict = judgePopup({
        details,
        sinceGesture: gestureAt === null ? null : performance.now() - gestureAt,
        isOpen: this.#open.has(id),
      });
      switch (verdict.kind) {
        case 'popup':
          return {
            action: 'allow',
            overrideBrowserWindowOptions: { webPreferences: popupPreferences(this.options.isPackaged) },
            createWindow: (created) => this.#show(id, contents, details.url, created),
          };
        case 'navigate':
          // The page goes on by itself: for the log this is a link like any other. A failed load is told of by `did-fail-load`.
          contents.loadURL(verdict.url, { httpReferrer: details.referrer }).catch(() => undefined);
          return { action: 'deny' };
        case 'deny':
          tell(verdict.notice);
          return { action: 'deny' };
      }
    });
  }

  close(id: SessionId): void {
    this.#open.get(id)?.close();
  }

  #show(
    id: SessionId,
    opener: WebContents,
    url: string,
    created: BrowserWindowConstructorOptions & { readonly webContents?: WebContents },
  ): WebContents {
    // `webContents` is passed but not declared (electron#50851). Without an opener it is absent (electron#49307), and then
    // loading is up to whoever creates the window.
    const view = new WebContentsView({
      webPreferences: { ...created.webPreferences, session: opener.session },
      ...(created.webContents !== undefined && { webContents: created.webContents }),
    });
    const contents = view.webContents;
    if (created.webContents === undefined) contents.loadURL(url).catch(() => undefined);
    this.#open.set(id, contents);

    guardNavigation(contents, judgeFrameNavigation, ({ reason, isMainFrame }) => {
      if (isMainFrame) this.options.tell(reason);
    });
    contents.setWindowOpenHandler(() => {
      this.options.tell('A window that a page opened cannot open another one.');
      return { action: 'deny' };
    });
    const say = () =>
      this.#setStatus(id, { sessionId: id, url: contents.getURL(), title: contents.getTitle() });
    contents.on('did-navigate', say);
    contents.on('did-navigate-in-page', say);
    contents.on('page-title-updated', say);
    contents.once('destroyed', () => {
      this.#open.delete(id);
      this.options.layout.setPopup(id, null);
      this.#setStatus(id, null);
    });
    this.options.layout.setPopup(id, view);
    this.#setStatus(id, { sessionId: id, url, title: '' });
    return contents;
  }

  #setStatus(id: SessionId, status: PopupStatus | null): void {
    const statuses = new Map(this.statuses$.value);
    if (status === null) statuses.delete(id);
    else statuses.set(id, status);
    this.statuses$.next(statuses);
  }
}
