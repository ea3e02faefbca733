import type Protocol from 'devtools-protocol';
import { randomUUID } from 'node:crypto';
import type { CdpSession } from '../cdp/session.ts';
import type { BrowserProcess } from './browser-process.ts';

export interface PageTarget {
  readonly targetId: string;
  /** Paused before its first document until `Runtime.runIfWaitingForDebugger`. */
  readonly session: CdpSession;
}

export interface NewPage {
  /** A window of its own on the display, where the process has one; a page drawn inside a window; or one that nobody sees. */
  readonly surface: 'window' | 'view' | 'hidden';
  /** Undefined for the profile itself. */
  readonly browserContextId?: string | undefined;
  /** In device-independent pixels. */
  readonly width: number;
  readonly height: number;
}

/** A page that another page has opened. It is paused: nothing of it has been requested yet. */
export interface Popup extends PageTarget {
  /** Undefined when the page must not reach its opener (`noopener`, a click with Ctrl or the middle button). */
  readonly openerTargetId: string | undefined;
  readonly url: string;
}

/** What the page of a new window shows until it is told to show something; an app window cannot begin with `about:blank`. */
export const blankWindowUrl = 'data:text/html,#electron-window-';

/**
 * The pages of one Chromium process. Every page, also one that a page opens, is attached to and paused before its first
 * document, so that preload scripts and request interception are there in time.
 */
export class Targets {
  readonly #process: BrowserProcess;
  readonly #browser: CdpSession;
  readonly #attached = new Map<string, PageTarget>();
  readonly #awaited = new Map<string, (target: PageTarget) => void>();
  readonly #creating = new Set<Promise<string>>();
  readonly #created = new Set<string>();
  readonly #popupListeners = new Set<(popup: Popup) => void>();

  private constructor(process: BrowserProcess) {
    const { browser } = process;
    this.#process = process;
    this.#browser = browser;
    browser.on('Target.attachedToTarget', (event) => void this.#attach(event));
    browser.on('Target.detachedFromTarget', (event) => {
      // Still the only thing that names the page: what is to replace it names the session.
      // eslint-disable-next-line @typescript-eslint/no-deprecated
      const { targetId } = event;
      if (targetId === undefined) return;
      this.#attached.delete(targetId);
      this.#created.delete(targetId);
    });
  }

  static async watch(process: BrowserProcess): Promise<Targets> {
    const targets = new Targets(process);
    await process.browser.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: true,
      filter: [{ type: 'page' }],
    });
    return targets;
  }

  /** Throws for a view in a process that shows its pages on a display: Chromium draws a page in one place only. */
  async create(page: NewPage): Promise<PageTarget> {
    if (this.#process.display === 'window') {
      if (page.surface === 'window') return this.#openWindow();
      if (page.surface === 'view')
        throw new Error(
          'electron-on-chromium: a view cannot show a page of the default session, whose pages are windows here. Give it a partition.',
        );
    }
    const creating = this.#ask(page);
    this.#creating.add(creating);
    const targetId = await creating.finally(() => this.#creating.delete(creating));
    // The announcement of the session and the answer above may come in either order.
    return this.#attached.get(targetId) ?? new Promise((resolve) => this.#awaited.set(targetId, resolve));
  }

  /** The id is noted before anybody who waits for the answer goes on. */
  async #ask({ browserContextId, width, height }: NewPage): Promise<string> {
    const { targetId } = await this.#browser.send('Target.createTarget', {
      url: 'about:blank',
      width,
      height,
      ...(this.#process.display === 'window' ? { hidden: true } : {}),
      ...(browserContextId === undefined ? {} : { browserContextId }),
    });
    this.#created.add(targetId);
    return targetId;
  }

  /** The address tells the new window from what else may open, and is forgotten with the first navigation. */
  #openWindow(): Promise<PageTarget> {
    const url = blankWindowUrl + randomUUID();
    return new Promise((resolve) => {
      this.#awaited.set(url, resolve);
      this.#process.openAppWindow(url);
    });
  }

  /** Returns what removes the listener. Without a listener a popup stays paused. */
  onPopup(listener: (popup: Popup) => void): () => void {
    this.#popupListeners.add(listener);
    return () => void this.#popupListeners.delete(listener);
  }

  async #attach({
    sessionId,
    targetInfo,
    waitingForDebugger,
  }: Protocol.Target.AttachedToTargetEvent): Promise<void> {
    const { targetId, openerId: openerTargetId, url } = targetInfo;
    const target: PageTarget = { targetId, session: this.#browser.child(sessionId) };
    this.#attached.set(targetId, target);
    for (const key of [targetId, url]) {
      const awaited = this.#awaited.get(key);
      if (!awaited) continue;
      awaited(target);
      this.#awaited.delete(key);
      this.#created.add(targetId);
    }
    // The page that Chromium itself starts with does not wait.
    if (!waitingForDebugger) return;
    if (openerTargetId === undefined) {
      // Nothing but the answer to `create` tells a page of our own from one that hides its opener.
      await Promise.allSettled([...this.#creating]);
      if (this.#created.has(targetId)) return;
    }
    for (const listener of [...this.#popupListeners]) listener({ ...target, openerTargetId, url });
  }
}
