import { EventEmitter } from 'node:events';
import type { BaseWindowConstructorOptions, Rectangle } from 'electron';
import { ignoreGone } from '../cdp/gone.ts';
import type { CdpSession } from '../cdp/session.ts';
import { ElectronEvent } from '../electron-event.ts';
import { askForFiles } from '../panel/file-dialog.ts';
import { View } from '../view/view.ts';
import { WindowCompositor } from '../view/window-compositor.ts';
import { learnDisplay, screen } from '../screen.ts';
import { WebContents, type WebPreferences } from '../web-contents/web-contents.ts';
import { watchSize, type WindowSize } from './page-size.ts';
import { WindowFrame } from './window-frame.ts';
import { windows } from './window-registry.ts';

/** What a window is made with. */
export type WindowOptions = Omit<BaseWindowConstructorOptions, 'parent'> & {
  readonly parent?: BaseWindow;
  readonly webPreferences?: WebPreferences;
  /** A page that is there already: a popup's. */
  readonly webContents?: WebContents;
};

let lastId = 0;

/** A window: a Chromium page of its own, above which the views of its content view are drawn. */
export class BaseWindow extends EventEmitter {
  readonly id = ++lastId;
  /** The page that the window itself is. `BrowserWindow` hands it out. */
  protected readonly page: WebContents;
  readonly #frame: WindowFrame;
  readonly #parent: BaseWindow | null;
  #contentView: View;
  #compositor: WindowCompositor | undefined;
  #bounds: Rectangle;
  /** Whether the app, or a person, has said where the window is; else it opens in the middle. */
  readonly #isPlaced: boolean;
  #title: string;
  #minimumSize: [number, number];
  #maximumSize: [number, number];
  #resizable: boolean;
  #backgroundColor: string;
  #visible = false;
  #hidden = false;
  #focused = false;
  #state: 'normal' | 'minimized' | 'maximized' | 'fullscreen' = 'normal';
  #asked = false;
  #destroyed = false;

  constructor(options: WindowOptions = {}) {
    super();
    const { width = 800, height = 600, x = 0, y = 0 } = options;
    this.#isPlaced = options.x !== undefined && options.y !== undefined && options.center !== true;
    this.#bounds = { x, y, width, height };
    this.#title = options.title ?? 'Electron';
    this.#minimumSize = [options.minWidth ?? 0, options.minHeight ?? 0];
    this.#maximumSize = [options.maxWidth ?? 0, options.maxHeight ?? 0];
    this.#resizable = options.resizable ?? true;
    this.#parent = options.parent ?? null;
    this.#backgroundColor = options.backgroundColor ?? '#FFFFFF';
    this.#contentView = new View(options.backgroundColor ?? 'transparent');
    this.#contentView.setBounds({ x: 0, y: 0, width, height });
    this.page =
      options.webContents ??
      new WebContents({
        webPreferences: options.webPreferences,
        size: { width, height },
        surface: 'window',
        beforeFirstDocument: (cdp) => this.#dress(cdp),
      });
    if (options.webContents) {
      this.page.ready.then(() => this.#dress(this.page.cdp)).catch(ignoreGone);
    }
    this.#frame = new WindowFrame(this.page);
    this.page.on('destroyed', () => this.#end());
    this.page.onUnloadRefused(() => windows.refusedToClose(this));
    windows.add(this);
    if (options.show ?? true) this.show();
  }

  static getAllWindows(): BaseWindow[] {
    return windows.all();
  }

  static fromId(id: number): BaseWindow | null {
    return windows.all().find((window) => window.id === id) ?? null;
  }

  static getFocusedWindow(): BaseWindow | null {
    return windows.all().find((window) => window.isFocused()) ?? null;
  }

  get contentView(): View {
    return this.#contentView;
  }

  /** The views of the former content view are not drawn any more. */
  set contentView(view: View) {
    const { width, height } = this.#contentView.getBounds();
    view.setBounds({ x: 0, y: 0, width, height });
    this.#contentView = view;
    this.#compositor?.show(view);
  }

  getContentView(): View {
    return this.#contentView;
  }

  setContentView(view: View): void {
    this.contentView = view;
  }

  get title(): string {
    return this.getTitle();
  }

  set title(title: string) {
    this.setTitle(title);
  }

  get resizable(): boolean {
    return this.isResizable();
  }

  set resizable(resizable: boolean) {
    this.setResizable(resizable);
  }

  /** For the runtime: draws the views, and moves the keyboard between them and the page. */
  get compositor(): WindowCompositor | undefined {
    return this.#compositor;
  }

  /** A listener of `close`, or a page that asks before it is left, may keep the window open. */
  close(): void {
    if (this.#destroyed) return;
    const event = new ElectronEvent();
    this.emit('close', event);
    this.#asked = !event.defaultPrevented;
    if (event.defaultPrevented) windows.refusedToClose(this);
    else this.page.close({ waitForBeforeUnload: true });
  }

  /** Nobody is asked. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#asked = true;
    this.page.close();
    this.#end();
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  show(): void {
    if (this.#visible) return;
    this.#reveal();
    this.focus();
  }

  showInactive(): void {
    if (this.#visible) return;
    this.#reveal();
  }

  /** Chromium cannot take a window off the display; it is put away as far as it can be. */
  hide(): void {
    if (!this.#visible) return;
    this.#visible = false;
    this.#hidden = true;
    this.#frame.setState('minimized');
    this.#blur();
    this.emit('hide', new ElectronEvent());
  }

  isVisible(): boolean {
    return this.#visible && this.#state !== 'minimized';
  }

  focus(): void {
    if (!this.#visible || this.#destroyed) return;
    this.page.focus();
    if (this.#focused) return;
    for (const window of windows.all()) if (window !== this) window.#blur();
    this.#focused = true;
    this.page.focusChanged(true);
    this.emit('focus', new ElectronEvent());
  }

  blur(): void {
    this.#blur();
  }

  isFocused(): boolean {
    return this.#focused;
  }

  minimize(): void {
    this.#enter('minimized', 'minimize');
    this.#blur();
  }

  isMinimized(): boolean {
    return this.#state === 'minimized';
  }

  maximize(): void {
    this.show();
    this.#enter('maximized', 'maximize');
  }

  unmaximize(): void {
    if (this.#state === 'maximized') this.#enter('normal', 'unmaximize');
  }

  isMaximized(): boolean {
    return this.#state === 'maximized';
  }

  restore(): void {
    if (this.#state === 'minimized') this.#enter('normal', 'restore');
  }

  setFullScreen(flag: boolean): void {
    if (flag === this.isFullScreen()) return;
    this.#enter(flag ? 'fullscreen' : 'normal', flag ? 'enter-full-screen' : 'leave-full-screen');
  }

  isFullScreen(): boolean {
    return this.#state === 'fullscreen';
  }

  isNormal(): boolean {
    return this.#state === 'normal';
  }

  setBounds(bounds: Partial<Rectangle>): void {
    const [minWidth, minHeight] = this.#minimumSize;
    const next = { ...this.#bounds, ...bounds };
    this.#moveTo({
      ...next,
      width: Math.max(next.width, minWidth),
      height: Math.max(next.height, minHeight),
    });
    this.#frame.setBounds(this.#bounds);
  }

  getBounds(): Rectangle {
    return { ...this.#bounds };
  }

  getNormalBounds(): Rectangle {
    return this.getBounds();
  }

  /** Chromium's app windows have their frame outside the page; without a display there is none. */
  getContentBounds(): Rectangle {
    const { width, height } = this.contentView.getBounds();
    return { x: this.#bounds.x, y: this.#bounds.y, width, height };
  }

  setContentBounds(bounds: Rectangle): void {
    this.setBounds(bounds);
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  getSize(): [number, number] {
    return [this.#bounds.width, this.#bounds.height];
  }

  setContentSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  getContentSize(): [number, number] {
    const { width, height } = this.getContentBounds();
    return [width, height];
  }

  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }

  getPosition(): [number, number] {
    return [this.#bounds.x, this.#bounds.y];
  }

  /** Without a display there is no middle that could be seen, but the place is told. */
  center(): void {
    this.setBounds(centred(this.#bounds, screen.getPrimaryDisplay().workArea));
  }

  setMinimumSize(width: number, height: number): void {
    this.#minimumSize = [width, height];
  }

  getMinimumSize(): [number, number] {
    return [...this.#minimumSize];
  }

  setMaximumSize(width: number, height: number): void {
    this.#maximumSize = [width, height];
  }

  getMaximumSize(): [number, number] {
    return [...this.#maximumSize];
  }

  setResizable(resizable: boolean): void {
    this.#resizable = resizable;
  }

  isResizable(): boolean {
    return this.#resizable;
  }

  getTitle(): string {
    return this.#title;
  }

  /** Chromium shows the page's title in the frame; this one is what the app is told. */
  setTitle(title: string): void {
    this.#title = title;
  }

  getBackgroundColor(): string {
    return this.#backgroundColor;
  }

  setBackgroundColor(color: string): void {
    this.#backgroundColor = color;
    this.contentView.setBackgroundColor(color);
  }

  getParentWindow(): BaseWindow | null {
    return this.#parent;
  }

  getChildWindows(): BaseWindow[] {
    return windows.all().filter((window) => window.getParentWindow() === this);
  }

  isModal(): boolean {
    return false;
  }

  isEnabled(): boolean {
    return !this.#destroyed;
  }

  getMediaSourceId(): string {
    return `window:${this.id}:0`;
  }

  /** Makes the page the one of this window: views are drawn above it, and its size is the window's. */
  async #dress(cdp: CdpSession): Promise<void> {
    const compositor = new WindowCompositor(cdp, this.contentView, (focused) =>
      this.page.focusChanged(focused),
    );
    this.#compositor = compositor;
    this.page.input.hostedBy({
      focus: () => compositor.focus(null),
      setCursor: () => undefined,
      setTooltip: () => undefined,
      setCaret: () => undefined,
      choose: (items, place) => compositor.showMenu(items, place),
      chooseFiles: (question) => askForFiles(compositor, question),
      layOut: () => undefined,
      copied: () => undefined,
      ask: (question) => compositor.showMessage(question),
    });
    await Promise.all([compositor.attach(), watchSize(cdp, (size) => this.#resizedTo(size))]);
    // Without a display the page was made in its size, and has no place.
    if (!this.#isOnDisplay) return;
    const { workArea } = await learnDisplay(cdp);
    if (!this.#isPlaced) this.#moveTo(centred(this.#bounds, workArea));
    this.#frame.setBounds(this.#bounds);
  }

  get #isOnDisplay(): boolean {
    return this.page.lease.process.display === 'window';
  }

  #enter(state: 'normal' | 'minimized' | 'maximized' | 'fullscreen', event: string): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#frame.setState(state);
    this.emit(event, new ElectronEvent());
  }

  #reveal(): void {
    this.#visible = true;
    if (this.#hidden) this.#frame.setState('normal');
    this.#hidden = false;
    this.emit('show', new ElectronEvent());
  }

  #blur(): void {
    if (!this.#focused) return;
    this.#focused = false;
    this.page.focusChanged(false);
    this.emit('blur', new ElectronEvent());
  }

  #moveTo(bounds: Rectangle): void {
    const before = this.#bounds;
    this.#bounds = bounds;
    if (before.x !== bounds.x || before.y !== bounds.y) {
      this.emit('move', new ElectronEvent());
      this.emit('moved', new ElectronEvent());
    }
    if (before.width !== bounds.width || before.height !== bounds.height) {
      this.contentView.setBounds({ x: 0, y: 0, width: bounds.width, height: bounds.height });
      this.emit('resize', new ElectronEvent());
      this.emit('resized', new ElectronEvent());
    }
  }

  /** The page has another size: a person has drawn the frame, or a test driver has set it. */
  #resizedTo({ content, frame }: WindowSize): void {
    const { width, height } = this.contentView.getBounds();
    this.#bounds = this.#isOnDisplay ? frame : { ...this.#bounds, ...content };
    if (width === content.width && height === content.height) return;
    this.contentView.setBounds({ x: 0, y: 0, ...content });
    this.emit('resize', new ElectronEvent());
    this.emit('resized', new ElectronEvent());
  }

  #end(): void {
    if (this.#destroyed) return;
    // A person has closed it on the display: the app is told, and cannot refuse what has happened.
    if (!this.#asked) this.emit('close', new ElectronEvent());
    this.#destroyed = true;
    this.#visible = false;
    this.#focused = false;
    this.#compositor?.end();
    windows.remove(this);
    this.emit('closed', new ElectronEvent());
  }
}

/** In the middle of `area`, and never with its upper edge out of reach. */
function centred({ width, height }: Rectangle, area: Rectangle): Rectangle {
  return {
    x: area.x + Math.max(0, Math.round((area.width - width) / 2)),
    y: area.y + Math.max(0, Math.round((area.height - height) / 2)),
    width,
    height,
  };
}
