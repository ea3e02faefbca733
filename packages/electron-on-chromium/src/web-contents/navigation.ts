import type Protocol from 'devtools-protocol';
import type { CdpSession } from '../cdp/session.ts';
import { eventWith, ElectronEvent } from '../electron-event.ts';
import { toExternalUrl, toInternalUrl } from '../protocol/custom-schemes.ts';
import { EventOrder } from './event-order.ts';
import type { FrameTree } from './frame-tree.ts';
import type { WebFrameMain } from './web-frame-main.ts';
import { type NetError, netErrorFor } from './net-error.ts';
import { askForLogin } from './login.ts';
import type { Credentials, DocumentListener, DocumentRequest } from './request-interception.ts';

/** What navigation needs of its web contents. */
export interface NavigationHost {
  emit(event: string, ...args: unknown[]): boolean;
  /** Brings the mirror of the back/forward list up to date before an app can look at it. */
  refreshHistory(): Promise<void>;
}

interface Response {
  readonly status: number;
  readonly statusText: string;
}

/** Tells the navigation events of one page in Electron's words and order, and lets the app refuse what it may refuse. */
export class Navigation implements DocumentListener {
  readonly #host: NavigationHost;
  readonly #frames: FrameTree;
  readonly #order = new EventOrder();
  /** Navigations that the page itself began, until they are requested: only those may be refused by `will-navigate`. */
  readonly #begunByPage = new Set<string>();
  /** Moves within a document that were announced before they happened. */
  readonly #startedInside = new Set<string>();
  /** The address that each frame is on its way to, as Chromium knows it. */
  readonly #underWay = new Map<string, string>();
  readonly #responses = new Map<string, Response>();
  readonly #failures = new Map<string, { readonly url: string; readonly error: NetError }>();
  #loading = false;
  #loadingDocument = false;

  constructor(host: NavigationHost, frames: FrameTree) {
    this.#host = host;
    this.#frames = frames;
  }

  get isLoading(): boolean {
    return this.#loading;
  }

  /** True from the start of a load of the main frame's document until its end. */
  get isLoadingMainFrame(): boolean {
    return this.#loading && this.#loadingDocument;
  }

  get isWaitingForResponse(): boolean {
    return this.isLoadingMainFrame && !this.#responses.has(this.#frames.main.frameId);
  }

  /** Tells something of the page in its place among the events of navigation. */
  inOrder(tell: () => void): void {
    this.#order.run(tell);
  }

  /** Settles when every event that the page has caused so far was told. */
  told(): Promise<void> {
    return new Promise((resolve) => {
      this.#order.run(resolve);
    });
  }

  /** Follows the frames of one session, after the frame tree has begun to. */
  watch(cdp: CdpSession): void {
    cdp.on('Page.frameRequestedNavigation', ({ frameId, reason }) => {
      if (reason !== 'initialFrameNavigation') this.#begunByPage.add(frameId);
    });
    cdp.on('Page.frameStartedNavigating', (event) => this.#started(event));
    cdp.on('Page.frameStartedLoading', ({ frameId }) => this.#startedLoading(frameId));
    cdp.on('Page.frameStoppedLoading', ({ frameId }) => this.#stoppedLoading(frameId));
    cdp.on('Page.frameNavigated', ({ frame }) => this.#committed(frame));
    cdp.on('Page.navigatedWithinDocument', (event) => this.#movedWithinDocument(event));
  }

  /** Follows the page's own document: what a frame in another process does is not the page's end of loading. */
  watchMain(cdp: CdpSession): void {
    this.watch(cdp);
    cdp.on('Page.domContentEventFired', () => this.#tell('dom-ready'));
    cdp.on('Page.loadEventFired', () => {
      const { frameId } = this.#frames.main;
      this.#order.run(() => {
        if (this.#failures.has(frameId)) return;
        this.#host.emit('did-frame-finish-load', new ElectronEvent(), true, 0, this.#frames.main.routingId);
        this.#host.emit('did-finish-load', new ElectronEvent());
      });
    });
  }

  mayRequest({ frameId, url, redirected }: DocumentRequest): boolean {
    if (redirected) this.#underWay.set(frameId, withoutFragment(url));
    const isMainFrame = this.#frames.isMain(frameId);
    const details = { ...this.#details(frameId, url, this.#initiator(frameId)), isSameDocument: false };
    const rest = [details.url, false, isMainFrame, 0, details.frame?.routingId ?? 0] as const;
    if (redirected) {
      const event = eventWith(details);
      this.#host.emit('will-redirect', event, ...rest);
      if (event.defaultPrevented) return false;
      this.#host.emit('did-redirect-navigation', eventWith(details), ...rest);
      return true;
    }
    if (!this.#begunByPage.delete(frameId)) return true;
    const frameEvent = eventWith(details);
    this.#host.emit('will-frame-navigate', frameEvent, ...rest);
    if (frameEvent.defaultPrevented) return false;
    if (!isMainFrame) return true;
    const event = eventWith(details);
    this.#host.emit('will-navigate', event, ...rest);
    return !event.defaultPrevented;
  }

  onResponse(frameId: string, _url: string, status: number, statusText: string): void {
    this.#responses.set(frameId, { status, statusText });
  }

  onFailure(frameId: string, url: string, reason: Protocol.Network.ErrorReason): void {
    if (this.#isUnderWay(frameId, url)) this.#failures.set(frameId, { url, error: netErrorFor(reason) });
  }

  onLogin(asked: Protocol.Fetch.AuthRequiredEvent): Promise<Credentials | undefined> {
    return askForLogin(
      (event, ...args) => this.#host.emit(event, ...args),
      asked,
      (frameId) => this.#frames.isMain(frameId),
    );
  }

  /** A load that never got a document: `Page.navigate` has named the error. */
  onRefused(url: string, error: NetError): void {
    const { frameId } = this.#frames.main;
    if (this.#isUnderWay(frameId, toInternalUrl(url))) this.#failures.set(frameId, { url, error });
  }

  /** False for a load whose place another one has taken meanwhile: its end is nobody's. */
  #isUnderWay(frameId: string, url: string): boolean {
    return this.#underWay.get(frameId) === withoutFragment(url);
  }

  #started({ frameId, url, navigationType }: Protocol.Page.FrameStartedNavigatingEvent): void {
    const isMainFrame = this.#frames.isMain(frameId);
    const isSameDocument = /sameDocument/i.test(navigationType);
    if (!isSameDocument) {
      this.#responses.delete(frameId);
      this.#failures.delete(frameId);
      this.#underWay.set(frameId, withoutFragment(url));
      if (isMainFrame) this.#loadingDocument = true;
    }
    if (isSameDocument) this.#startedInside.add(frameId);
    this.#tellStart(frameId, url, isSameDocument, this.#initiator(frameId));
  }

  #tellStart(frameId: string, url: string, isSameDocument: boolean, initiator: WebFrameMain | null): void {
    const details = { ...this.#details(frameId, url, initiator), isSameDocument };
    this.#order.run(() => {
      const { isMainFrame } = details;
      this.#host.emit(
        'did-start-navigation',
        eventWith(details),
        details.url,
        isSameDocument,
        isMainFrame,
        0,
        details.frame?.routingId ?? 0,
      );
    });
  }

  #startedLoading(frameId: string): void {
    if (!this.#frames.isMain(frameId) || this.#loading) return;
    this.#loading = true;
    this.#tell('did-start-loading');
  }

  #stoppedLoading(frameId: string): void {
    const failure = this.#failures.get(frameId);
    const isMainFrame = this.#frames.isMain(frameId);
    this.#begunByPage.delete(frameId);
    if (failure) {
      this.#order.run(() => {
        this.#failures.delete(frameId);
        const { name, code } = failure.error;
        // Electron keeps `did-fail-load` for loads that failed by themselves.
        this.#host.emit(
          code === -3 ? 'did-fail-provisional-load' : 'did-fail-load',
          new ElectronEvent(),
          code,
          name,
          toExternalUrl(failure.url),
          isMainFrame,
          0,
          this.#frames.frame(frameId)?.routingId ?? 0,
        );
      });
    }
    if (!isMainFrame || !this.#loading) return;
    this.#loading = false;
    this.#loadingDocument = false;
    this.#tell('did-stop-loading');
  }

  #committed(frame: Protocol.Page.Frame): void {
    const isMainFrame = frame.parentId === undefined;
    const { status, statusText } = this.#responses.get(frame.id) ?? { status: -1, statusText: '' };
    if (frame.unreachableUrl !== undefined) {
      if (!this.#failures.has(frame.id)) {
        this.#failures.set(frame.id, { url: frame.unreachableUrl, error: netErrorFor('Failed') });
      }
      if (isMainFrame) this.#order.run(() => this.#host.refreshHistory());
      return;
    }
    const url = toExternalUrl(frame.url + (frame.urlFragment ?? ''));
    const routingId = this.#frames.frame(frame.id)?.routingId ?? 0;
    this.#order.run(async () => {
      if (isMainFrame) await this.#host.refreshHistory();
      this.#host.emit(
        'did-frame-navigate',
        new ElectronEvent(),
        url,
        status,
        statusText,
        isMainFrame,
        0,
        routingId,
      );
      if (isMainFrame) this.#host.emit('did-navigate', new ElectronEvent(), url, status, statusText);
    });
  }

  #movedWithinDocument({ frameId, url, navigationType }: Protocol.Page.NavigatedWithinDocumentEvent): void {
    const isMainFrame = this.#frames.isMain(frameId);
    // `history.pushState` is announced only when it has happened.
    if (!this.#startedInside.delete(frameId)) {
      const byPage = navigationType === 'historyApi' || this.#begunByPage.has(frameId);
      this.#tellStart(frameId, url, true, byPage ? (this.#frames.frame(frameId) ?? null) : null);
    }
    this.#begunByPage.delete(frameId);
    this.#order.run(async () => {
      if (isMainFrame) await this.#host.refreshHistory();
      this.#host.emit(
        'did-navigate-in-page',
        new ElectronEvent(),
        toExternalUrl(url),
        isMainFrame,
        0,
        this.#frames.frame(frameId)?.routingId ?? 0,
      );
    });
  }

  #details(frameId: string, url: string, initiator: WebFrameMain | null) {
    const frame = this.#frames.frame(frameId) ?? null;
    return { url: toExternalUrl(url), isMainFrame: this.#frames.isMain(frameId), frame, initiator };
  }

  /** Chromium does not say which frame began a navigation, only that a page did: it is taken to be the frame that moves. */
  #initiator(frameId: string): WebFrameMain | null {
    return this.#begunByPage.has(frameId) ? (this.#frames.frame(frameId) ?? null) : null;
  }

  #tell(event: string): void {
    this.#order.run(() => {
      this.#host.emit(event, new ElectronEvent());
    });
  }
}

function withoutFragment(url: string): string {
  const bare = url.replace(/#.*$/s, '');
  return URL.canParse(bare) ? new URL(bare).href : bare;
}
