import type Protocol from 'devtools-protocol';
import type { CdpSession } from '../cdp/session.ts';
import { type FrameOwner, WebFrameMain } from './web-frame-main.ts';

/** The frames of one page, those in processes of their own included, and the JavaScript contexts in them. */
export class FrameTree {
  readonly #owner: FrameOwner;
  readonly #frames = new Map<string, WebFrameMain>();
  readonly #parents = new Map<string, string>();
  readonly #contexts = new Map<string, WebFrameMain>();
  #main: WebFrameMain;

  /** Before its first navigation a page has its empty document. */
  constructor(sendTo: FrameOwner['sendTo'], cdp: CdpSession, mainFrameId: string) {
    this.#owner = {
      frameOf: (frameId) => this.#frames.get(frameId),
      framesIn: (parentId) =>
        [...this.#parents].flatMap(([child, parent]) =>
          parent === parentId ? (this.#frames.get(child) ?? []) : [],
        ),
      sendTo,
    };
    this.#main = new WebFrameMain(this.#owner, cdp, {
      frameId: mainFrameId,
      parentId: undefined,
      url: '',
      origin: 'null',
      name: '',
    });
    this.#frames.set(mainFrameId, this.#main);
  }

  get main(): WebFrameMain {
    return this.#main;
  }

  frame(frameId: string): WebFrameMain | undefined {
    return this.#frames.get(frameId);
  }

  isMain(frameId: string): boolean {
    return this.#main.frameId === frameId;
  }

  /** The document that a binding was called from, while it is still there. */
  sender(cdp: CdpSession, contextId: number): WebFrameMain | undefined {
    return this.#contexts.get(contextKey(cdp, contextId));
  }

  /** Follows the frames of one session. Enabling Page and Runtime is the caller's. */
  watch(cdp: CdpSession): void {
    cdp.on(
      'Page.frameAttached',
      ({ frameId, parentFrameId }) => void this.#parents.set(frameId, parentFrameId),
    );
    cdp.on('Page.frameNavigated', ({ frame }) => this.#commit(cdp, frame));
    cdp.on('Page.navigatedWithinDocument', ({ frameId, url }) => this.#frames.get(frameId)?.moveTo(url));
    cdp.on('Page.frameDetached', ({ frameId, reason }) => {
      // A swap goes on in another process: the frame is still there.
      if (reason === 'remove') this.#remove(frameId);
    });
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      const { frameId } = (context.auxData ?? {}) as { readonly frameId?: string };
      const frame = frameId === undefined ? undefined : this.#frames.get(frameId);
      if (!frame) return;
      frame.contexts.set(context.name, context.id);
      this.#contexts.set(contextKey(cdp, context.id), frame);
    });
    cdp.on('Runtime.executionContextsCleared', () => {
      const prefix = contextKey(cdp, '');
      for (const key of this.#contexts.keys()) if (key.startsWith(prefix)) this.#contexts.delete(key);
    });
  }

  /** The page is gone. */
  destroy(): void {
    for (const frame of this.#frames.values()) frame.detach();
    this.#contexts.clear();
  }

  #commit(cdp: CdpSession, frame: Protocol.Page.Frame): void {
    this.#frames.get(frame.id)?.detach();
    for (const [child, parent] of [...this.#parents]) if (parent === frame.id) this.#remove(child);
    const committed = new WebFrameMain(this.#owner, cdp, {
      frameId: frame.id,
      parentId: frame.parentId,
      url: frame.unreachableUrl ?? frame.url + (frame.urlFragment ?? ''),
      origin: frame.securityOrigin,
      name: frame.name ?? '',
    });
    this.#frames.set(frame.id, committed);
    if (frame.parentId === undefined) this.#main = committed;
    else this.#parents.set(frame.id, frame.parentId);
  }

  #remove(frameId: string): void {
    for (const [child, parent] of [...this.#parents]) if (parent === frameId) this.#remove(child);
    this.#parents.delete(frameId);
    const frame = this.#frames.get(frameId);
    frame?.detach();
    for (const [key, owner] of this.#contexts) if (owner === frame) this.#contexts.delete(key);
    this.#frames.delete(frameId);
  }
}

function contextKey(cdp: CdpSession, contextId: number | ''): string {
  return `${cdp.id ?? ''}:${contextId}`;
}
