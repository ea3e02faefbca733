import type { CdpSession } from '../cdp/session.ts';
import { ignoreGone, isGone } from '../cdp/gone.ts';
import type { Frame, LayerDoor, LayerReport } from './layer-protocol.ts';
import { layerBinding, layerWorld } from './layer-protocol.ts';
import { layerScript } from './layer-script.ts';
import { askForFiles, type FileQuestion } from '../panel/file-dialog.ts';
import type {
  FolderAnswer,
  MenuPlace,
  MessageAnswer,
  PanelDoor,
  ShownFolder,
  ShownItem,
  ShownMessage,
} from '../panel/panel.ts';
import { panelScript } from '../panel/panel-script.ts';
import { pageScript } from './page-script.ts';
import type { View } from './view.ts';
import { ViewStream } from './view-stream.ts';
import { slotOf, visibleViews } from './view-tree.ts';

/** What a person does in a view. */
export type ViewInput = Exclude<LayerReport, { kind: 'ready' | 'scale' | 'focus' }>;

/** What a page can ask of the window that shows it. */
export interface PageHost {
  focus(): void;
  setCursor(cursor: string): void;
  /** Empty for none. */
  setTooltip(text: string): void;
  /** Where text is typed, in CSS pixels of the view: an input method opens its window there. */
  setCaret(at: { readonly x: number; readonly y: number }): void;
  /** Opens a list; the place is in CSS pixels of the view. Answers the way to the chosen item, or an empty one. */
  choose(items: readonly ShownItem[], place: MenuPlace): Promise<readonly number[]>;
  /** Answers the paths that a person has chosen. */
  chooseFiles(question: FileQuestion): Promise<readonly string[]>;
  /** The page's zoom has changed. */
  layOut(): void;
  /** The page has copied `text`: the window puts it on the clipboard that other programs see. */
  copied(text: string): void;
  /** Undefined when the window went away before a person answered. */
  ask(question: ShownMessage): Promise<MessageAnswer | undefined>;
}

/** The page inside a view, as far as drawing and driving it goes. `WebContentsView` hands it out. */
export interface DrawnPage {
  readonly cdp: CdpSession;
  /** Settles when `cdp` can be used; rejects when the page will never be. */
  readonly ready: Promise<unknown>;
  readonly zoomFactor: number;
  /** One CSS pixel of the window has this many of the display, which is how positions in the page are counted. */
  drawnAt(displayScale: number): void;
  /** In the order in which it happened. */
  take(input: ViewInput): void;
  /** The keyboard has come to this page or left it. */
  focusChanged(focused: boolean): void;
  /** Undefined when no window shows the page any more. */
  hostedBy(host: PageHost | undefined): void;
}

/** A view that shows a page. */
export interface PageView extends View {
  readonly page: DrawnPage | undefined;
}

interface Entry {
  readonly id: number;
  readonly page: DrawnPage;
  stream: ViewStream | undefined;
  /** Where the view is in the window. */
  x: number;
  y: number;
}

const ids = new WeakMap<View, number>();
let lastId = 0;

function idOf(view: View): number {
  const known = ids.get(view);
  if (known !== undefined) return known;
  lastId += 1;
  ids.set(view, lastId);
  return lastId;
}

/**
 * Draws the views of one window on canvases above the window's own page, and gives the page of each view the mouse and the keys
 * that are meant for it. Only views that can be seen are streamed.
 */
export class WindowCompositor {
  readonly #page: CdpSession;
  #root: View;
  #unwatchRoot: () => void = () => undefined;
  readonly #pageFocusChanged: (focused: boolean) => void;
  readonly #entries = new Map<View, Entry>();
  readonly #ends: (() => void)[] = [];
  #context: number | undefined;
  #scale = 1;
  #focused: Entry | null = null;
  #scheduled = false;

  /** `page` is the window's own page, `root` the window's content view. */
  constructor(page: CdpSession, root: View, pageFocusChanged: (focused: boolean) => void) {
    this.#page = page;
    this.#root = root;
    this.#pageFocusChanged = pageFocusChanged;
  }

  /** From now on the views inside `root` are drawn. */
  show(root: View): void {
    this.#unwatchRoot();
    this.#root = root;
    this.#unwatchRoot = root.watch(() => this.#schedule());
    this.#schedule();
  }

  /** To be called before the first document of the window's page: the layer must be there before the page's scripts. */
  async attach(): Promise<void> {
    this.#unwatchRoot = this.#root.watch(() => this.#schedule());
    this.#ends.push(
      () => this.#unwatchRoot(),
      this.#page.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
        // Only the layer's own world has the binding, so the payload is what the layer wrote.
        if (name === layerBinding) this.#hear(JSON.parse(payload) as LayerReport, executionContextId);
      }),
    );
    await Promise.all([
      this.#page.send('Page.enable'),
      this.#page.send('Runtime.enable'),
      this.#page.send('Runtime.addBinding', { name: layerBinding, executionContextName: layerWorld }),
      this.#page.send('Page.addScriptToEvaluateOnNewDocument', {
        source: pageScript(layerScript, layerBinding),
        worldName: layerWorld,
        runImmediately: true,
      }),
      this.#page.send('Page.addScriptToEvaluateOnNewDocument', {
        source: pageScript(panelScript),
        worldName: layerWorld,
        runImmediately: true,
      }),
    ]);
  }

  /** Moves the keyboard to a view of this window, or with null to the window's own page. */
  focus(view: View | null): void {
    const entry = view ? this.#entries.get(view) : undefined;
    void this.#call('focus', entry?.id ?? null).catch(ignoreGone);
  }

  /** Answers the way to the chosen item, or an empty one. */
  async showMenu(items: readonly ShownItem[], place: MenuPlace | null): Promise<readonly number[]> {
    return (await this.#panel('menu', items, place)) ?? [];
  }

  /** Answers undefined when the window went away before a person answered. */
  showMessage(message: ShownMessage): Promise<MessageAnswer | undefined> {
    return this.#panel('message', message);
  }

  /** Answers undefined when the window went away before a person answered. */
  showFolder(folder: ShownFolder): Promise<FolderAnswer | undefined> {
    return this.#panel('folder', folder);
  }

  async closePanel(): Promise<void> {
    await this.#panel('close');
  }

  /** Stops all streams; the window is going away. */
  end(): void {
    for (const end of this.#ends) end();
    for (const { stream, page } of this.#entries.values()) {
      page.hostedBy(undefined);
      stream?.end();
    }
    this.#entries.clear();
  }

  /** One pass for all changes of one turn. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#layOut();
    });
  }

  #layOut(): void {
    const seen = new Set<View>();
    const slots = visibleViews(this.#root).map((placed) => {
      const { view, width, height } = placed;
      const page = pageOf(view);
      if (!page) return slotOf(placed, idOf(view), false);
      seen.add(view);
      const entry = this.#entries.get(view) ?? this.#enter(view, page);
      Object.assign(entry, { x: placed.x, y: placed.y });
      const zoom = page.zoomFactor;
      // Fewer and larger pixels are what zooming a page is.
      entry.stream?.resize({
        width: Math.round(width / zoom),
        height: Math.round(height / zoom),
        scale: this.#scale * zoom,
      });
      page.drawnAt(this.#scale);
      entry.stream?.start();
      return slotOf(placed, entry.id, true);
    });
    for (const [view, entry] of this.#entries)
      if (!seen.has(view)) {
        this.#entries.delete(view);
        entry.page.hostedBy(undefined);
        entry.stream?.end();
        if (this.#focused === entry) this.#moveFocus(null);
      }
    void this.#call('layout', slots).catch(ignoreGone);
  }

  #enter(view: View, page: DrawnPage): Entry {
    const entry: Entry = { id: idOf(view), page, stream: undefined, x: 0, y: 0 };
    this.#entries.set(view, entry);
    page.hostedBy({
      focus: () => this.focus(view),
      setCursor: (cursor) => void this.#call('cursor', entry.id, cursor).catch(ignoreGone),
      setTooltip: (text) => void this.#call('tooltip', entry.id, text).catch(ignoreGone),
      setCaret: ({ x, y }) => void this.#call('caret', entry.id, entry.x + x, entry.y + y).catch(ignoreGone),
      choose: (items, place) =>
        this.showMenu(items, { ...place, x: entry.x + place.x, y: entry.y + place.y }),
      chooseFiles: (question) => askForFiles(this, question),
      layOut: () => this.#schedule(),
      ask: (question) => this.showMessage(question),
      copied: (text) => void this.#call('copy', text).catch(ignoreGone),
    });
    page.ready.then(
      () => {
        if (this.#entries.get(view) !== entry) return;
        entry.stream = new ViewStream(page.cdp, (frame) => this.#draw(entry, frame));
        this.#schedule();
      },
      // A page that could not be made has nothing to draw; who made it was told.
      () => undefined,
    );
    return entry;
  }

  async #draw(entry: Entry, { image, width, height }: Frame): Promise<void> {
    const scale = this.#scale;
    try {
      await this.#call('draw', entry.id, { image, width: width / scale, height: height / scale });
    } catch (error) {
      // The window's page is moving to another document; its new layer gets the frame again.
      if (!isGone(error)) throw error;
    }
  }

  #hear(report: LayerReport, context: number): void {
    switch (report.kind) {
      case 'ready':
        this.#context = context;
        this.#scale = report.scale;
        this.#layOut();
        for (const { stream } of this.#entries.values()) void stream?.repeat();
        if (this.#focused) void this.#call('focus', this.#focused.id).catch(ignoreGone);
        return;
      case 'scale':
        this.#scale = report.scale;
        this.#layOut();
        return;
      case 'focus':
        this.#moveFocus(this.#entryOf(report.view));
        return;
      default:
        this.#entryOf(report.view)?.page.take(report);
    }
  }

  #moveFocus(to: Entry | null): void {
    const from = this.#focused;
    if (from === to) return;
    this.#focused = to;
    if (from) from.page.focusChanged(false);
    else this.#pageFocusChanged(false);
    if (to) to.page.focusChanged(true);
    else this.#pageFocusChanged(true);
  }

  #entryOf(id: number | null): Entry | null {
    return [...this.#entries.values()].find((entry) => entry.id === id) ?? null;
  }

  async #panel<M extends keyof PanelDoor>(
    method: M,
    ...args: Parameters<PanelDoor[M]>
  ): Promise<Awaited<ReturnType<PanelDoor[M]>> | undefined> {
    if (this.#context === undefined) return undefined;
    try {
      const { result } = await this.#page.send('Runtime.callFunctionOn', {
        functionDeclaration: `function (...args) { return electronPanels.${method}(...args); }`,
        executionContextId: this.#context,
        arguments: args.map((value) => ({ value })),
        awaitPromise: true,
        returnByValue: true,
      });
      // The script in the page is typed by the same interface.
      return result.value as Awaited<ReturnType<PanelDoor[M]>>;
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }

  async #call<M extends keyof LayerDoor>(method: M, ...args: Parameters<LayerDoor[M]>): Promise<void> {
    // Before the layer is there it needs no call: its first report is answered with all it has to know.
    if (this.#context === undefined) return;
    await this.#page.send('Runtime.callFunctionOn', {
      functionDeclaration: `function (...args) { return electronViewLayer.${method}(...args); }`,
      executionContextId: this.#context,
      arguments: args.map((value) => ({ value })),
      awaitPromise: true,
    });
  }
}

function pageOf(view: View): DrawnPage | undefined {
  return 'page' in view ? (view as PageView).page : undefined;
}
