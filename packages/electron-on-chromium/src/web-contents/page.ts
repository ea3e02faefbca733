import type { Lease } from '../browser/partition-host.ts';
import type { PageTarget } from '../browser/targets.ts';
import { ignoreGone, tellUntilGone } from '../cdp/gone.ts';
import type { CdpSession } from '../cdp/session.ts';
import type { MessagePortMain } from '../ipc/message-port-main.ts';
import { type PreloadListener, PreloadChannel } from '../ipc/preload-channel.ts';
import type { Session } from '../session/session.ts';
import { type ConsoleMessage, followConsole } from './console-messages.ts';
import { FrameTree } from './frame-tree.ts';
import { Navigation, type NavigationHost } from './navigation.ts';
import { type DescriptionListener, describePage } from './page-description.ts';
import { answerDialogs, type DialogListener } from './page-dialogs.ts';
import { RequestInterception } from './request-interception.ts';
import type { WebFrameMain } from './web-frame-main.ts';

export interface PageListener extends NavigationHost, PreloadListener, DescriptionListener, DialogListener {
  onCrash(): void;
  onConsole(message: ConsoleMessage, frame: WebFrameMain): void;
}

export interface PageOptions {
  readonly session: Session;
  readonly preloads: readonly string[];
  /** The web contents that this is the page of. */
  readonly contents: { readonly id: number };
  readonly listener: PageListener;
}

/** The Chromium page behind a web contents, with everything that follows it. */
export class Page {
  readonly target: PageTarget;
  readonly lease: Lease;
  readonly frames: FrameTree;
  readonly navigation: Navigation;
  readonly requests: RequestInterception;
  readonly #options: PageOptions;
  readonly #preload: PreloadChannel | undefined;
  /** The page has been asked whether it may be left, and stays. */
  #stays = false;

  constructor(target: PageTarget, lease: Lease, options: PageOptions) {
    this.target = target;
    this.lease = lease;
    this.#options = options;
    const cdp = target.session;
    // Chromium gives the main frame the id of its target.
    this.frames = new FrameTree(
      (frame, channel, args, transfer) => this.send(frame, channel, args, transfer),
      cdp,
      target.targetId,
    );
    this.navigation = new Navigation(options.listener, this.frames);
    this.frames.watch(cdp);
    this.navigation.watchMain(cdp);
    if (options.preloads.length > 0) this.#preload = new PreloadChannel(cdp, this.frames, options.listener);
    this.requests = new RequestInterception({
      reviewer: options.session.webRequest,
      answerers: [...(this.#preload ? [this.#preload] : []), options.session.protocol],
      listener: this.navigation,
      sourceOf: (frameId) => ({
        isMainFrame: this.frames.isMain(frameId),
        webContentsId: options.contents.id,
        webContents: options.contents,
        frame: this.frames.frame(frameId) ?? null,
      }),
    });
    answerDialogs(cdp, {
      mayLeave: () => {
        const leaves = options.listener.mayLeave();
        this.#stays = !leaves;
        return leaves;
      },
      ask: (question) => options.listener.ask(question),
    });
    followConsole(cdp, (message) => options.listener.onConsole(message, this.frames.main));
    cdp.on('Inspector.targetCrashed', () => options.listener.onCrash());
    void cdp.detached.then(() => {
      this.requests.dispose();
      this.frames.destroy();
    });
  }

  get cdp(): CdpSession {
    return this.target.session;
  }

  /**
   * Makes the paused page ready and lets it go. Everything is sent before anything is awaited: a paused page answers some
   * commands only when it goes on.
   */
  async prepare(further: readonly Promise<unknown>[]): Promise<void> {
    const { preloads, listener } = this.#options;
    await Promise.all([
      this.cdp.send('Page.enable'),
      this.cdp.send('Runtime.enable'),
      this.requests.watch(this.cdp),
      this.#followChildren(this.cdp),
      this.#preload?.install(preloads),
      describePage(this.cdp, listener),
      ...further,
      this.cdp.send('Runtime.runIfWaitingForDebugger'),
    ]);
    // Asked before the first navigation, so that the empty document can be told from the pages that follow.
    await listener.refreshHistory();
  }

  /** Settles when the page is gone, or, if it is asked, when it wants to stay. */
  async close(how: 'ask' | 'at-once'): Promise<void> {
    const { cdp } = this;
    this.#stays = false;
    const { browser } = this.lease.process;
    const tell = (): Promise<unknown> =>
      how === 'ask'
        ? cdp.send('Page.close')
        : browser.send('Target.closeTarget', { targetId: this.target.targetId });
    await tellUntilGone(cdp, tell, () => this.#stays);
  }

  send(
    frame: WebFrameMain,
    channel: string,
    args: readonly unknown[],
    transfer: readonly MessagePortMain[] = [],
  ): void {
    this.#preload?.send(frame, channel, args, transfer);
  }

  /** Frames of another site run in processes of their own, each with a session of its own. */
  async #followChildren(cdp: CdpSession): Promise<void> {
    cdp.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      if (targetInfo.type !== 'iframe') return;
      this.#adopt(cdp.child(sessionId)).catch(ignoreGone);
    });
    await cdp.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: true,
      filter: [{ type: 'iframe' }],
    });
  }

  async #adopt(child: CdpSession): Promise<void> {
    this.frames.watch(child);
    this.navigation.watch(child);
    await Promise.all([
      child.send('Page.enable'),
      child.send('Runtime.enable'),
      this.requests.watch(child),
      this.#followChildren(child),
      child.send('Runtime.runIfWaitingForDebugger'),
    ]);
  }
}
