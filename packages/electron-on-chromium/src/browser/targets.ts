import type Protocol from 'devtools-protocol';
import type { CdpSession } from '../cdp/session.ts';

export interface PageTarget {
  readonly targetId: string;
  /** Paused before its first document until `Runtime.runIfWaitingForDebugger`. */
  readonly session: CdpSession;
}

export interface NewPage {
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

/**
 * The pages of one Chromium process. Every page, also one that a page opens, is attached to and paused before its first
 * document, so that preload scripts and request interception are there in time.
 */
export class Targets {
  readonly #browser: CdpSession;
  readonly #attached = new Map<string, PageTarget>();
  readonly #awaited = new Map<string, (target: PageTarget) => void>();
  readonly #creating = new Set<Promise<Protocol.Target.CreateTargetResponse>>();
  readonly #created = new Set<string>();
  readonly #popupListeners = new Set<(popup: Popup) => void>();

  private constructor(browser: CdpSession) {
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

  static async watch(browser: CdpSession): Promise<Targets> {
    const targets = new Targets(browser);
    await browser.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: true,
      filter: [{ type: 'page' }],
    });
    return targets;
  }

  async create({ browserContextId, width, height }: NewPage): Promise<PageTarget> {
    const creating = this.#browser.send('Target.createTarget', {
      url: 'about:blank',
      width,
      height,
      ...(browserContextId === undefined ? {} : { browserContextId }),
    });
    this.#creating.add(creating);
    const { targetId } = await creating.finally(() => this.#creating.delete(creating));
    this.#created.add(targetId);
    // The announcement of the session and the answer above may come in either order.
    return this.#attached.get(targetId) ?? new Promise((resolve) => this.#awaited.set(targetId, resolve));
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
    const awaited = this.#awaited.get(targetId);
    this.#awaited.delete(targetId);
    awaited?.(target);
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
