import type * as Electron from 'electron';
import type { CdpSession } from '../cdp/session.ts';
import { IpcMain } from '../ipc/ipc-main.ts';
import type { MessagePortMain } from '../ipc/message-port-main.ts';
import { toExternalOrigin, toExternalUrl } from '../protocol/custom-schemes.ts';
import { evaluate } from './evaluate.ts';

/** What a frame asks of the page it belongs to. */
export interface FrameOwner {
  frameOf(frameId: string): WebFrameMain | undefined;
  framesIn(parentId: string): WebFrameMain[];
  /** Sends to the preload world of the frame, if it has one. */
  sendTo(
    frame: WebFrameMain,
    channel: string,
    args: readonly unknown[],
    transfer?: readonly MessagePortMain[],
  ): void;
}

let lastTreeNodeId = 0;

/**
 * One document in one frame. When the frame goes on to another document, this object is detached and keeps the address it
 * had, so that a message is always judged by the document that sent it.
 */
export class WebFrameMain implements Pick<
  Electron.WebFrameMain,
  | 'url'
  | 'origin'
  | 'name'
  | 'detached'
  | 'frameTreeNodeId'
  | 'processId'
  | 'routingId'
  | 'frameToken'
  | 'executeJavaScript'
  | 'send'
  | 'isDestroyed'
  | 'reload'
> {
  readonly ipc = new IpcMain();
  readonly frameTreeNodeId = ++lastTreeNodeId;
  readonly routingId = this.frameTreeNodeId;
  /** Chromium does not say over its protocol which renderer process a frame is in. */
  readonly processId = 0;
  /** Internal: Chromium's own name of the frame. */
  readonly frameId: string;
  /** Internal: the session that the frame's target answers on. */
  readonly cdp: CdpSession;
  /** Internal: contexts by world name; the page's own has the empty name. */
  readonly contexts = new Map<string, number>();
  readonly #owner: FrameOwner;
  readonly #parentId: string | undefined;
  readonly #name: string;
  #url: string;
  #origin: string;
  #detached = false;

  constructor(
    owner: FrameOwner,
    cdp: CdpSession,
    document: {
      readonly frameId: string;
      readonly parentId: string | undefined;
      readonly url: string;
      readonly origin: string;
      readonly name: string;
    },
  ) {
    this.#owner = owner;
    this.cdp = cdp;
    this.frameId = document.frameId;
    this.#parentId = document.parentId;
    this.#name = document.name;
    this.#url = document.url;
    this.#origin = document.origin;
  }

  get url(): string {
    return toExternalUrl(this.#url);
  }

  get origin(): string {
    return this.#origin === '://' ? 'null' : toExternalOrigin(this.#origin);
  }

  get name(): string {
    return this.#name;
  }

  get frameToken(): string {
    return this.frameId;
  }

  get detached(): boolean {
    return this.#detached;
  }

  get parent(): WebFrameMain | null {
    return this.#parentId === undefined ? null : (this.#owner.frameOf(this.#parentId) ?? null);
  }

  get top(): WebFrameMain | null {
    return this.parent ? this.parent.top : this;
  }

  get frames(): WebFrameMain[] {
    return this.#owner.framesIn(this.frameId);
  }

  get framesInSubtree(): WebFrameMain[] {
    return [this, ...this.frames.flatMap((frame) => frame.framesInSubtree)];
  }

  isDestroyed(): boolean {
    return this.#detached;
  }

  /** Whether a person can see the document, as it knows it itself: nobody here is told of changes. */
  get visibilityState(): 'visible' | 'hidden' {
    return this.#detached ? 'hidden' : 'visible';
  }

  executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    return evaluate(this.cdp, code, { contextId: this.contexts.get(''), userGesture });
  }

  /** Internal: in a world other than the page's own. */
  executeIn(contextId: number, code: string, userGesture: boolean): Promise<unknown> {
    return evaluate(this.cdp, code, { contextId, userGesture });
  }

  reload(): boolean {
    if (this.#detached) return false;
    void this.executeJavaScript('location.reload()').catch(() => undefined);
    return true;
  }

  send(channel: string, ...args: unknown[]): void {
    this.#owner.sendTo(this, channel, args);
  }

  /** Moves the ports of `transfer` into the frame; its preload finds them in the event's `ports`. */
  postMessage(channel: string, message: unknown, transfer: readonly MessagePortMain[] = []): void {
    this.#owner.sendTo(this, channel, [message], transfer);
  }

  /** Internal: the document stayed and its address changed. */
  moveTo(url: string): void {
    this.#url = url;
  }

  /** Internal. */
  detach(): void {
    this.#detached = true;
    this.contexts.clear();
  }
}
