import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';
import { resolve as resolvePath } from 'node:path';
import type * as Electron from 'electron';
import type { Lease } from '../browser/partition-host.ts';
import type { PageTarget } from '../browser/targets.ts';
import { ignoreGone, isGone } from '../cdp/gone.ts';
import type { CdpSession } from '../cdp/session.ts';
import { ElectronEvent, eventWith } from '../electron-event.ts';
import { Debugger } from '../debugger/debugger.ts';
import { PageInput } from '../input/page-input.ts';
import { encode } from '../ipc/clone-codec.ts';
import type { IpcMain } from '../ipc/ipc-main.ts';
import type { MessagePortMain } from '../ipc/message-port-main.ts';
import { NavigationHistory } from '../navigation/navigation-history.ts';
import { openGuestWindow } from '../popup/guest-windows.ts';
import { Popups } from '../popup/popups.ts';
import { NativeImage } from '../native-image.ts';
import { toInternalUrl } from '../protocol/custom-schemes.ts';
import type { ShownMessage } from '../panel/panel.ts';
import { downloadURL } from '../session/downloads.ts';
import { isOnDisplay } from '../session/partitions.ts';
import { Session } from '../session/session.ts';
import { overrideUserAgent } from '../session/user-agent.ts';
import type { ConsoleMessage } from './console-messages.ts';
import { ContentsIpc } from './contents-ipc.ts';
import { FindInPage, type StopAction } from './find-in-page.ts';
import { followLoad, PendingLoads } from './load.ts';
import { netErrorNamed } from './net-error.ts';
import { Page } from './page.ts';
import { nextContentsId, registerContents, unregisterContents } from './registry.ts';
import type { DocumentDiversion } from './request-interception.ts';
import { PageContent } from './page-content.ts';
import type { WebFrameMain } from './web-frame-main.ts';
import { defaultPreferences, refuseUnsafe, type WebPreferences } from './web-preferences.ts';

export type { WebPreferences };

export interface ContentsOptions {
  readonly webPreferences?: WebPreferences | undefined;
  /** The size of the page until somebody lays it out, in CSS pixels. */
  readonly size?: { readonly width: number; readonly height: number };
  /** A window's own page, or one that is drawn inside a window. */
  readonly surface?: 'window' | 'view';
  /** Runs while the page is paused before its first document. */
  readonly beforeFirstDocument?: (cdp: CdpSession) => Promise<unknown>;
  /** A page that is there already and paused, instead of a new one. */
  readonly adopted?: { readonly target: PageTarget; readonly lease: Lease };
}

/**
 * A page and what Electron lets an app do with it. Electron makes it at once; here Chromium is asked for it, and every method
 * waits until it is there.
 */
export class WebContents extends EventEmitter {
  readonly id = nextContentsId();
  readonly session: Session;
  readonly navigationHistory: NavigationHistory;
  readonly debugger: Debugger;
  /** For the runtime: keyboard and mouse. */
  readonly input: PageInput;
  /** Settles when Chromium's page is there; rejects when it will never be. */
  readonly ready: Promise<void>;
  readonly #preferences: WebPreferences;
  readonly #surface: 'window' | 'view';
  readonly #ipc = new ContentsIpc(this);
  readonly #popups: Popups<WebContents>;
  #page: Page | undefined;
  #title: string | undefined;
  #url = '';
  readonly #loads = new PendingLoads();
  /** Loads that the app has asked for and that have not ended. */
  readonly #asked = new Set<Promise<void>>();
  readonly #finding = new FindInPage(this);
  readonly #content = new PageContent(this);
  #userAgent: string | undefined;
  #userAgentSet: Promise<unknown> = Promise.resolve();
  #unloadRefused: (() => void) | undefined;
  #destroyed = false;
  #crashed = false;
  #focused = false;

  constructor(options: ContentsOptions = {}) {
    super();
    const given = options.webPreferences ?? {};
    refuseUnsafe(given);
    this.#surface = options.surface ?? 'view';
    this.session =
      given.session ??
      (given.partition === undefined ? Session.defaultSession : Session.fromPartition(given.partition));
    this.#preferences = { ...defaultPreferences, ...given };
    this.navigationHistory = new NavigationHistory(this);
    this.debugger = new Debugger(this);
    this.input = new PageInput(this);
    this.#popups = new Popups<WebContents>(this);
    this.ready = this.#start(options);
    registerContents(this);
  }

  /** Handlers for messages of this page only. */
  get ipc(): IpcMain {
    return this.#ipc.scope;
  }

  /** Chromium's session of the page. Throws before {@link ready}. */
  get cdp(): CdpSession {
    return this.#live.cdp;
  }

  get lease(): Lease {
    return this.#live.lease;
  }

  get targetId(): string {
    return this.#live.target.targetId;
  }

  get targetIdIfReady(): string | undefined {
    return this.#page?.target.targetId;
  }

  get mainFrame(): WebFrameMain {
    return this.#live.frames.main;
  }

  get focusedFrame(): WebFrameMain | null {
    return this.#focused ? this.mainFrame : null;
  }

  hasFrame(frameId: string): boolean {
    return this.#page?.frames.frame(frameId) !== undefined;
  }

  getLastWebPreferences(): WebPreferences {
    return { ...this.#preferences };
  }

  /** Rejects in Electron's words: `ERR_ABORTED (-3) loading '…'`. */
  async loadURL(url: string, options: Electron.LoadURLOptions = {}): Promise<void> {
    const loading = this.#load(url, options);
    this.#asked.add(loading);
    try {
      await loading;
    } finally {
      this.#asked.delete(loading);
    }
  }

  async #load(url: string, options: Electron.LoadURLOptions): Promise<void> {
    const refused = refusedOptions.find((option) => options[option] !== undefined);
    if (refused !== undefined) {
      throw new Error(`electron-on-chromium: loadURL's option ${refused} is not supported here.`);
    }
    if (options.userAgent !== undefined) this.setUserAgent(options.userAgent);
    await this.ready;
    await this.#userAgentSet;
    const { navigation, requests } = this.#live;
    const { httpReferrer, extraHeaders } = options;
    if (extraHeaders !== undefined) requests.addHeaders(headersIn(extraHeaders));
    const answer = this.cdp
      .send('Page.navigate', {
        url: toInternalUrl(url),
        ...(httpReferrer === undefined
          ? {}
          : { referrer: typeof httpReferrer === 'string' ? httpReferrer : httpReferrer.url }),
      })
      .then(
        ({ errorText }) => (errorText === undefined ? undefined : netErrorNamed(errorText)),
        (error: unknown) => {
          if (isGone(error)) return netErrorNamed('ERR_ABORTED');
          // Chromium refuses what is not an address before it navigates.
          return netErrorNamed('ERR_INVALID_URL');
        },
      );
    void answer.then((error) => {
      if (error) navigation.onRefused(url, error);
    });
    await this.#loads.follow(url, (isOwn) => followLoad(this, url, { answer, isOwn }));
  }

  loadFile(filePath: string, options: Electron.LoadFileOptions = {}): Promise<void> {
    const url = pathToFileURL(resolvePath(process.cwd(), filePath));
    for (const [key, value] of Object.entries(options.query ?? {})) url.searchParams.set(key, value);
    if (options.search !== undefined) url.search = options.search;
    if (options.hash !== undefined) url.hash = options.hash;
    return this.loadURL(url.href);
  }

  /** For the runtime: the next load of the main frame's document, as {@link loadURL} tells it. */
  nextLoad(url: string): Promise<void> {
    return followLoad(this, url);
  }

  divertDocuments(diversion: DocumentDiversion | undefined): void {
    this.#live.requests.divertDocuments(diversion);
  }

  async eventsTold(): Promise<void> {
    await this.#live.navigation.told();
  }

  reload(): void {
    this.#command((cdp) => cdp.send('Page.reload', {}));
  }

  reloadIgnoringCache(): void {
    this.#command((cdp) => cdp.send('Page.reload', { ignoreCache: true }));
  }

  /** Saves what the address answers; the session tells of it in `will-download`. */
  downloadURL(url: string): void {
    downloadURL(this, url).catch(ignoreGone);
  }

  stop(): void {
    this.#command((cdp) => cdp.send('Page.stopLoading'));
  }

  getURL(): string {
    return this.#url;
  }

  getTitle(): string {
    return this.#title === undefined || this.#title === '' ? addressAsTitle(this.#url) : this.#title;
  }

  isLoading(): boolean {
    return this.#page?.navigation.isLoading ?? false;
  }

  isLoadingMainFrame(): boolean {
    return this.#page?.navigation.isLoadingMainFrame ?? false;
  }

  isWaitingForResponse(): boolean {
    return this.#page?.navigation.isWaitingForResponse ?? false;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  isCrashed(): boolean {
    return this.#crashed;
  }

  isFocused(): boolean {
    return this.#focused;
  }

  getType(): 'window' {
    return 'window';
  }

  /** Chromium does not say which renderer a page is in; the process of the page's partition is what there is to name. */
  getOSProcessId(): number {
    return this.#page?.lease.process.pid ?? 0;
  }

  getProcessId(): number {
    return this.getOSProcessId();
  }

  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    await this.#untilScriptable();
    return this.mainFrame.executeJavaScript(code, userGesture);
  }

  async executeJavaScriptInIsolatedWorld(
    worldId: number,
    scripts: readonly { readonly code: string }[],
    userGesture = false,
  ): Promise<unknown> {
    await this.#untilScriptable();
    const { executionContextId } = await this.cdp.send('Page.createIsolatedWorld', {
      frameId: this.mainFrame.frameId,
      worldName: `electron-world-${worldId}`,
    });
    let result: unknown;
    for (const { code } of scripts) {
      result = await this.mainFrame.executeIn(executionContextId, code, userGesture);
    }
    return result;
  }

  /** What the page shows, or the part of it in `rect`, in CSS pixels. */
  async capturePage(rect?: Electron.Rectangle): Promise<NativeImage> {
    await this.ready;
    const { data } = await this.cdp.send('Page.captureScreenshot', {
      format: 'png',
      ...(rect === undefined ? {} : { clip: { ...rect, scale: 1 } }),
    });
    return NativeImage.createFromBuffer(Buffer.from(data, 'base64'));
  }

  /** The answer is the id that `found-in-page` carries. Throws for an empty text. */
  findInPage(text: string, options: Electron.FindInPageOptions = {}): number {
    return this.#finding.find(text, options, (result) =>
      this.emit('found-in-page', new ElectronEvent(), result),
    );
  }

  stopFindInPage(action: StopAction): void {
    this.#finding.stop(action);
  }

  /** Answers the key that `removeInsertedCSS` takes. */
  insertCSS(css: string): Promise<string> {
    return this.#content.insertCSS(css);
  }

  removeInsertedCSS(key: string): Promise<void> {
    return this.#content.removeCSS(key);
  }

  /** Into the element that has the focus. */
  insertText(text: string): Promise<void> {
    return this.#content.insertText(text);
  }

  getUserAgent(): string {
    return this.#userAgent ?? this.session.getUserAgent();
  }

  /** Holds from the next navigation on. */
  setUserAgent(userAgent: string): void {
    this.#userAgent = userAgent;
    this.#userAgentSet = this.ready
      .then(() => overrideUserAgent(this, userAgent, undefined))
      .catch(ignoreGone);
  }

  get userAgent(): string {
    return this.getUserAgent();
  }

  set userAgent(userAgent: string) {
    this.setUserAgent(userAgent);
  }

  forcefullyCrashRenderer(): void {
    // The page cannot answer any more.
    void this.ready.then(() => this.cdp.send('Page.crash')).catch(() => undefined);
  }

  /** Throws for what cannot be cloned. */
  send(channel: string, ...args: unknown[]): void {
    encode(args);
    this.#page?.send(this.#page.frames.main, channel, args);
  }

  /** Moves the ports of `transfer` into the page; its preload finds them in the event's `ports`. */
  postMessage(channel: string, message: unknown, transfer: readonly MessagePortMain[] = []): void {
    this.#page?.send(this.#page.frames.main, channel, [message], transfer);
  }

  /** Moves the keyboard to this page, if a window shows it. */
  focus(): void {
    void this.ready.then(() => {
      if (!this.input.focus()) this.#command((cdp) => cdp.send('Page.bringToFront'));
    }, ignoreGone);
  }

  sendInputEvent(event: Parameters<PageInput['send']>[0]): void {
    this.input.send(event);
  }

  setWindowOpenHandler(handler: Parameters<Popups<WebContents>['setHandler']>[0]): void {
    this.#popups.setHandler(handler);
  }

  setAudioMuted(muted: boolean): void {
    this.input.setMuted(muted);
  }

  isAudioMuted(): boolean {
    return this.input.isMuted;
  }

  get audioMuted(): boolean {
    return this.isAudioMuted();
  }

  set audioMuted(muted: boolean) {
    this.setAudioMuted(muted);
  }

  get zoomFactor(): number {
    return this.getZoomFactor();
  }

  set zoomFactor(factor: number) {
    this.setZoomFactor(factor);
  }

  get zoomLevel(): number {
    return this.getZoomLevel();
  }

  set zoomLevel(level: number) {
    this.setZoomLevel(level);
  }

  setZoomFactor(factor: number): void {
    this.input.setZoomFactor(factor);
  }

  getZoomFactor(): number {
    return this.input.zoomFactor;
  }

  /** Each level is a fifth more, as in Chromium. */
  setZoomLevel(level: number): void {
    this.input.setZoomFactor(1.2 ** level);
  }

  getZoomLevel(): number {
    return Math.log(this.input.zoomFactor) / Math.log(1.2);
  }

  /** For the runtime: a session of its own for `webContents.debugger`. */
  openSession(): Promise<CdpSession> {
    return this.lease.process.browser.attachTo(this.targetId);
  }

  /** For the runtime: web contents of a page that this one has opened. */
  adopt(target: PageTarget, lease: Lease): WebContents {
    return new WebContents({
      webPreferences: { ...this.#preferences, session: this.session },
      surface: this.#surface,
      adopted: { target, lease },
    });
  }

  /** For the runtime: shows a page that this one has opened in a window of its own. */
  openWindow(
    contents: WebContents,
    options: Electron.BrowserWindowConstructorOptions,
    details: Electron.HandlerDetails,
  ): void {
    this.emit('did-create-window', openGuestWindow(contents, options), { ...details, options });
  }

  /** What Chromium does for the editing commands of a menu. */
  undo(): void {
    this.#edit('undo');
  }

  redo(): void {
    this.#edit('redo');
  }

  cut(): void {
    this.#edit('cut');
  }

  copy(): void {
    this.#edit('copy');
  }

  paste(): void {
    this.#edit('paste');
  }

  selectAll(): void {
    this.#edit('selectAll');
  }

  delete(): void {
    this.#edit('delete');
  }

  /** For the runtime: whether Chromium itself shows the page to a person. */
  get isOnDisplay(): boolean {
    return this.lease.process.display === 'window';
  }

  takeLease(): Promise<Lease> {
    return (this.#surface === 'window' ? this.session.host : this.session.viewHost).lease();
  }

  close(options: { readonly waitForBeforeUnload?: boolean } = {}): void {
    void this.#close(options.waitForBeforeUnload ?? false);
  }

  /** For the runtime: `listener` hears that the page wants to stay when it is asked to close. */
  onUnloadRefused(listener: () => void): void {
    this.#unloadRefused = listener;
  }

  /** For the runtime: the keyboard has come to this page or left it. */
  focusChanged(focused: boolean): void {
    if (this.#focused === focused) return;
    this.#focused = focused;
    this.emit(focused ? 'focus' : 'blur', new ElectronEvent());
  }

  async #start({ adopted, size, beforeFirstDocument }: ContentsOptions): Promise<void> {
    const lease = adopted?.lease ?? (await this.takeLease());
    try {
      const target =
        adopted?.target ??
        (await lease.targets.create({
          surface: this.#surface,
          browserContextId: lease.browserContextId,
          width: size?.width ?? 800,
          height: size?.height ?? 600,
        }));
      const { preload } = this.#preferences;
      const page = new Page(target, lease, {
        session: this.session,
        contents: this,
        preloads: [
          ...this.session.getPreloadScripts().map(({ filePath }) => filePath),
          ...(preload === undefined ? [] : [preload]),
        ],
        listener: this.#listener(),
      });
      this.#page = page;
      void page.cdp.detached.then(() => this.#detached(lease));
      this.#popups.watch();
      await page.prepare([
        this.session.prepare(this),
        beforeFirstDocument?.(page.cdp) ?? Promise.resolve(),
        this.input.prepare(),
      ]);
    } catch (error) {
      await lease.release();
      this.#end();
      // Closing a page that has not come yet is not a failure.
      if (!isGone(error)) throw error;
    }
  }

  #listener() {
    const refreshHistory = async () => {
      await this.navigationHistory.refresh().catch(ignoreGone);
    };
    return {
      refreshHistory,
      emit: (event: string, ...args: unknown[]): boolean => {
        // While a list is restored the page walks over stubs, of which the app must hear nothing.
        if (this.navigationHistory.isRestoring) return false;
        if (event === 'did-navigate' || event === 'did-navigate-in-page') this.#url = this.mainFrame.url;
        if (event === 'did-navigate') {
          this.#title = undefined;
          this.#crashed = false;
        }
        if (event === 'did-fail-load' && args[4] === true) this.#url = String(args[3]);
        return this.emit(event, ...args);
      },
      onTitle: (title: string) => {
        this.#page?.navigation.inOrder(() => {
          if (this.navigationHistory.isRestoring) return;
          this.#title = title;
          this.navigationHistory.titleChanged(title);
          this.emit('page-title-updated', new ElectronEvent(), this.getTitle(), title !== '');
        });
      },
      onFavicons: (urls: readonly string[]) => {
        this.#page?.navigation.inOrder(() => {
          if (!this.navigationHistory.isRestoring)
            this.emit('page-favicon-updated', new ElectronEvent(), [...urls]);
        });
      },
      onConsole: (message: ConsoleMessage, frame: WebFrameMain) => {
        const { level, message: text, lineNumber, sourceId } = message;
        this.emit(
          'console-message',
          eventWith({ ...message, frame }),
          levelNumbers[level],
          text,
          lineNumber,
          sourceId,
        );
      },
      onCrash: () => {
        this.#crashed = true;
        this.emit('render-process-gone', new ElectronEvent(), { reason: 'crashed', exitCode: 5 });
      },
      mayLeave: () => {
        const event = new ElectronEvent();
        this.emit('will-prevent-unload', event);
        if (!event.defaultPrevented) this.#unloadRefused?.();
        return event.defaultPrevented;
      },
      ask: async (question: ShownMessage) => (isOnDisplay() ? await this.input.ask(question) : undefined),
      onPreloadError: (path: string, error: Error) => {
        this.emit('preload-error', new ElectronEvent(), path, error);
      },
      onSend: this.#ipc.onSend.bind(this.#ipc),
      onSendSync: this.#ipc.onSendSync.bind(this.#ipc),
      onInvoke: this.#ipc.onInvoke.bind(this.#ipc),
    };
  }

  get #live(): Page {
    if (!this.#page) throw new Error('This WebContents has no page yet');
    return this.#page;
  }

  /** As Electron: scripts wait for a load that is under way. */
  async #untilScriptable(): Promise<void> {
    await this.ready;
    if (this.#url === '') await Promise.allSettled([...this.#asked]);
    if (this.#url !== '' && !this.isLoadingMainFrame()) return;
    if (this.#url === '' && !this.isLoading()) return;
    await new Promise<void>((resolve) => {
      this.once('did-stop-loading', () => resolve());
    });
  }

  #edit(command: string): void {
    void this.ready.then(() => this.input.edit(command)).catch(ignoreGone);
  }

  #command(send: (cdp: CdpSession) => Promise<unknown>): void {
    void this.ready.then(() => send(this.cdp)).catch(ignoreGone);
  }

  async #close(waitForBeforeUnload: boolean): Promise<void> {
    // A page that could not be made has ended itself.
    await this.ready.catch(() => undefined);
    if (this.#destroyed || !this.#page) return;
    await this.#page.close(waitForBeforeUnload ? 'ask' : 'at-once');
  }

  /** A page ends with its Chromium, whose end by itself is told first. */
  async #detached({ process }: Lease): Promise<void> {
    if (process.browser.closed && !process.isClosing) {
      const crash = await process.crashed;
      this.#crashed = true;
      this.emit('render-process-gone', new ElectronEvent(), { ...crash });
    }
    this.#end();
  }

  #end(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    unregisterContents(this);
    this.emit('destroyed', new ElectronEvent());
    void this.#page?.lease.release();
  }
}

const refusedOptions = ['postData', 'baseURLForDataURL'] as const;

/** As the deprecated arguments of `console-message` number them. */
const levelNumbers = { debug: 0, info: 1, warning: 2, error: 3 } as const;

/** Lines of `Name: value`. */
function headersIn(text: string): Record<string, string> {
  const lines = text.split(/\r?\n/).filter((line) => line.includes(':'));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()]),
  );
}

/** Chromium shows the address of a page without a title in its place. */
function addressAsTitle(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '');
}
