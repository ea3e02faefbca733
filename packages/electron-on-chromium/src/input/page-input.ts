import type { InputEvent, KeyboardInputEvent, MouseInputEvent, MouseWheelInputEvent } from 'electron';
import { ignoreGone } from '../cdp/gone.ts';
import type { CdpSession } from '../cdp/session.ts';
import { ElectronEvent, eventWith } from '../electron-event.ts';
import type { KeyStroke, LayerMouse } from '../view/layer-protocol.ts';
import type { MessageAnswer, ShownMessage } from '../panel/panel.ts';
import { pageScript } from '../view/page-script.ts';
import type { DrawnPage, PageHost, ViewInput } from '../view/window-compositor.ts';
import { answerFileChoosers } from './file-chooser.ts';
import { clipboardText } from './clipboard-text.ts';
import { accelerators } from './accelerators.ts';
import {
  fromKeyboardInput,
  modifiersFrom,
  strokeOf,
  toElectronInput,
  toKeyParams,
} from './key-conversion.ts';
import {
  type PageEvent,
  pageEventsBinding,
  type PageEventsConfig,
  type PageEventsDoor,
  type PageSelect,
  pageEventsWorld,
} from './page-events.ts';
import { pageWidgetsScript } from './page-widgets-script.ts';
import { pageEventsScript } from './page-events-script.ts';
import { pasteInto, selectionOf } from './page-clipboard.ts';

/** What this needs of its web contents. */
export interface InputHost {
  readonly cdp: CdpSession;
  readonly ready: Promise<unknown>;
  getURL(): string;
  emit(event: string, ...args: unknown[]): boolean;
  listenerCount(event: string): number;
  /** The keyboard has come to this page or left it. */
  focusChanged(focused: boolean): void;
  /** Whether Chromium itself shows the page to a person. */
  readonly isOnDisplay: boolean;
}

/** The keyboard and the mouse of one page: from the window that shows it, from the app, and back to the app. */
export class PageInput implements DrawnPage {
  readonly #contents: InputHost;
  readonly #contexts = new Set<number>();
  #host: PageHost | undefined;
  #holding = false;
  #muted = false;
  /** The id of the script that new documents begin with. */
  #script: Promise<string> | undefined;
  #typesNothing = false;
  #zoomFactor = 1;
  #displayScale = 1;
  /** Commands go out in the order in which a person did things, also when one has to wait. */
  #order: Promise<unknown> = Promise.resolve();

  constructor(contents: InputHost) {
    this.#contents = contents;
  }

  get cdp(): CdpSession {
    return this.#contents.cdp;
  }

  get ready(): Promise<unknown> {
    return this.#contents.ready;
  }

  get zoomFactor(): number {
    return this.#zoomFactor;
  }

  /** To be called while the page is paused before its first document. */
  async prepare(): Promise<void> {
    const { cdp } = this;
    cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      // Only the script's own world has the binding, so the payload is what the script wrote.
      if (name === pageEventsBinding) this.#hear(JSON.parse(payload) as PageEvent, executionContextId);
    });
    cdp.on('Runtime.executionContextDestroyed', (event) => {
      // The unique id that is to replace it is not what a binding's call names.
      // eslint-disable-next-line @typescript-eslint/no-deprecated
      this.#contexts.delete(event.executionContextId);
    });
    cdp.on('Runtime.executionContextsCleared', () => this.#contexts.clear());
    const end = accelerators.onChanged(() => this.#configureAll());
    void cdp.detached.then(end);
    await Promise.all([
      cdp.send('Runtime.addBinding', { name: pageEventsBinding, executionContextName: pageEventsWorld }),
      this.#install('at-once'),
      // Chromium draws nothing beside a page that it shows nowhere.
      ...(this.#contents.isOnDisplay
        ? []
        : [
            cdp.send('Page.addScriptToEvaluateOnNewDocument', {
              source: pageScript(pageWidgetsScript, pageEventsBinding),
              worldName: pageEventsWorld,
              runImmediately: true,
            }),
            answerFileChoosers(cdp, async (question) => (await this.#host?.chooseFiles(question)) ?? []),
          ]),
    ]);
  }

  /** The app has begun or stopped to listen to `before-input-event`. */
  holdKeys(hold: boolean): void {
    if (hold === this.#holding) return;
    this.#holding = hold;
    this.#configureAll();
  }

  hostedBy(host: PageHost | undefined): void {
    this.#host = host;
  }

  /** Whether a window draws the page, and so decides its size. */
  get isDrawn(): boolean {
    return this.#host !== undefined;
  }

  drawnAt(displayScale: number): void {
    this.#displayScale = displayScale;
  }

  focusChanged(focused: boolean): void {
    // The page is in no window of its own that the system could give the focus to.
    this.#run(() => this.cdp.send('Emulation.setFocusEmulationEnabled', { enabled: focused }));
    this.#contents.focusChanged(focused);
  }

  /** True when a window has taken the wish: the page is shown in it. */
  focus(): boolean {
    this.#host?.focus();
    return this.#host !== undefined;
  }

  setZoomFactor(factor: number): void {
    if (!(factor > 0)) throw new Error("'zoomFactor' must be a double greater than 0.0");
    this.#zoomFactor = factor;
    this.#host?.layOut();
  }

  get isMuted(): boolean {
    return this.#muted;
  }

  setMuted(muted: boolean): void {
    this.#muted = muted;
    for (const context of this.#contexts) void this.#call(context, 'setMuted', muted);
  }

  take(report: ViewInput): void {
    switch (report.kind) {
      case 'mouse':
        this.#mouse(report);
        return;
      case 'key':
        this.#key(report.stroke);
        return;
      case 'text':
        this.#run(() => this.cdp.send('Input.insertText', { text: report.text }));
        return;
      case 'compose': {
        const { text } = report;
        this.#run(() =>
          this.cdp.send('Input.imeSetComposition', {
            text,
            selectionStart: text.length,
            selectionEnd: text.length,
          }),
        );
        return;
      }
      case 'paste':
        this.#run(() => pasteInto(this.cdp, report));
    }
  }

  /** `webContents.sendInputEvent`. Throws for an event of no known kind. */
  send(event: InputEvent | MouseInputEvent | MouseWheelInputEvent | KeyboardInputEvent): void {
    if ('keyCode' in event) {
      const params = fromKeyboardInput(event);
      if (event.type !== 'char') this.#typesNothing = this.#refusedByApp(strokeOf(params));
      // What a refused key would have typed is not typed either.
      if (this.#typesNothing) return;
      this.#run(() => this.#pass(() => this.cdp.send('Input.dispatchKeyEvent', params)));
      return;
    }
    if (!('x' in event)) throw new Error('Invalid event object');
    const type = mouseTypes[event.type];
    const { x, y, button = 'left', clickCount = 1 } = event;
    const wheel = event.type === 'mouseWheel' ? (event as MouseWheelInputEvent) : undefined;
    const pressing = type === 'mousePressed' || type === 'mouseReleased';
    this.#run(() =>
      this.cdp.send('Input.dispatchMouseEvent', {
        type,
        ...this.#onSurface({ x, y }),
        button: event.type === 'contextMenu' ? 'right' : pressing ? button : 'none',
        clickCount: pressing ? clickCount : 0,
        modifiers: modifiersFrom(event.modifiers ?? []),
        // Electron counts a wheel as Chromium's events inside do: up is positive.
        ...(wheel ? { deltaX: -(wheel.deltaX ?? 0), deltaY: -(wheel.deltaY ?? 0) } : {}),
      }),
    );
  }

  /** Carries out one of Chromium's editing commands, as its keys would; pasting and copying go over the runtime's clipboard. */
  edit(command: string): void {
    if (command === 'paste') {
      this.#run(() => pasteInto(this.cdp, { text: clipboardText.read(), html: '' }));
      return;
    }
    if (command === 'copy' || command === 'cut') this.#run(() => this.#copySelection());
    // An unknown key without text carries the command and does nothing else.
    this.#run(() => this.cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', commands: [command] }));
  }

  /** Shows a question of the page in the window that shows the page; undefined when none does. */
  async ask(question: ShownMessage): Promise<MessageAnswer | undefined> {
    return await this.#host?.ask(question);
  }

  /** The text that is selected in the page. */
  selection(): Promise<string> {
    return selectionOf(this.cdp);
  }

  #mouse(report: LayerMouse): void {
    const { type, button, buttons, clickCount, modifiers, deltaX, deltaY } = report;
    const at = this.#onSurface(report);
    this.#run(() =>
      this.cdp.send('Input.dispatchMouseEvent', {
        type,
        ...at,
        button,
        buttons,
        clickCount,
        modifiers,
        deltaX,
        deltaY,
        pointerType: 'mouse',
      }),
    );
  }

  /** Chromium counts in the pixels that the page is drawn with, and takes the zoom into account by itself. */
  #onSurface({ x, y }: { readonly x: number; readonly y: number }): { x: number; y: number } {
    return { x: x * this.#displayScale, y: y * this.#displayScale };
  }

  #key(stroke: KeyStroke): void {
    if (this.#refusedByApp(stroke)) return;
    this.#run(() => this.#pass(() => this.cdp.send('Input.dispatchKeyEvent', toKeyParams(stroke))));
    const copies = stroke.type === 'keyDown' && (stroke.modifiers & 6) !== 0 && /^Key[CX]$/.test(stroke.code);
    if (copies) this.#run(() => this.#copySelection());
  }

  async #copySelection(): Promise<void> {
    const text = await this.selection();
    if (text === '') return;
    clipboardText.write(text);
    this.#host?.copied(text);
  }

  #refusedByApp(stroke: KeyStroke): boolean {
    const event = new ElectronEvent();
    this.#contents.emit('before-input-event', event, toElectronInput(stroke));
    return event.defaultPrevented;
  }

  /** Sends a key that the app has seen already, or need not see, past the script that holds keys. */
  async #pass(send: () => Promise<unknown>): Promise<void> {
    if (this.#holding)
      await Promise.all([...this.#contexts].map((context) => this.#call(context, 'letThrough')));
    await send();
  }

  #hear(event: PageEvent, context: number): void {
    switch (event.kind) {
      case 'ready':
        this.#contexts.add(context);
        this.#configure(context);
        return;
      case 'held':
        if (!this.#refusedByApp(event.stroke))
          this.#run(() =>
            this.#pass(() => this.cdp.send('Input.dispatchKeyEvent', toKeyParams(event.stroke))),
          );
        return;
      case 'accelerator':
        accelerators.fire(event.id, this.#contents);
        return;
      case 'input':
        this.#contents.emit('input-event', new ElectronEvent(), { type: event.type });
        return;
      case 'select':
        void this.#choose(event.select, context);
        return;
      case 'tooltip':
        this.#host?.setTooltip(event.text);
        return;
      case 'caret':
        this.#host?.setCaret({ x: event.x * this.#zoomFactor, y: event.y * this.#zoomFactor });
        return;
      case 'cursor':
        this.#host?.setCursor(event.cursor);
        this.#contents.emit(
          'cursor-changed',
          new ElectronEvent(),
          event.cursor === 'auto' ? 'default' : event.cursor,
        );
        return;
      case 'contextMenu':
        this.#contents.emit('context-menu', eventWith({}), {
          ...event.params,
          pageURL: this.#contents.getURL(),
          menuSourceType: 'mouse',
        });
    }
  }

  async #choose({ items, x, y, width }: PageSelect, context: number): Promise<void> {
    const zoom = this.#zoomFactor;
    const [chosen] =
      (await this.#host?.choose(items, { x: x * zoom, y: y * zoom, width: width * zoom })) ?? [];
    await this.cdp
      .send('Runtime.callFunctionOn', {
        functionDeclaration: 'function (item) { electronPageWidgets.chosen(item); }',
        executionContextId: context,
        arguments: [{ value: chosen ?? null }],
      })
      .catch(ignoreGone);
  }

  /** Documents that are there are told; those to come begin with it, so that no key is lost while they load. */
  #configureAll(): void {
    for (const context of this.#contexts) this.#configure(context);
    // Before the page is there, its first script will know.
    if (this.#script) this.#run(() => this.#install('for-documents-to-come'));
  }

  async #install(when: 'at-once' | 'for-documents-to-come'): Promise<void> {
    const before = this.#script;
    this.#script = this.cdp
      .send('Page.addScriptToEvaluateOnNewDocument', {
        source: pageScript(pageEventsScript, pageEventsBinding, this.#config),
        worldName: pageEventsWorld,
        runImmediately: when === 'at-once',
      })
      .then(({ identifier }) => identifier);
    if (before) await this.cdp.send('Page.removeScriptToEvaluateOnNewDocument', { identifier: await before });
    await this.#script;
  }

  get #config(): PageEventsConfig {
    return { accelerators: accelerators.forPages(), holdKeys: this.#holding };
  }

  #configure(context: number): void {
    void this.#call(context, 'configure', this.#config);
    if (this.#muted) void this.#call(context, 'setMuted', true);
  }

  async #call<M extends keyof PageEventsDoor>(
    context: number,
    method: M,
    ...args: Parameters<PageEventsDoor[M]>
  ): Promise<void> {
    await this.cdp
      .send('Runtime.callFunctionOn', {
        functionDeclaration: `function (...args) { electronPageEvents.${method}(...args); }`,
        executionContextId: context,
        arguments: args.map((value) => ({ value })),
      })
      .catch(ignoreGone);
  }

  #run(command: () => Promise<unknown>): void {
    this.#order = this.#order.then(command).catch(ignoreGone);
  }
}

const mouseTypes = {
  mouseDown: 'mousePressed',
  mouseUp: 'mouseReleased',
  mouseMove: 'mouseMoved',
  mouseEnter: 'mouseMoved',
  mouseLeave: 'mouseMoved',
  mouseWheel: 'mouseWheel',
  contextMenu: 'mousePressed',
} as const;
