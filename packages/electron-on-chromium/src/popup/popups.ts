import type { BrowserWindowConstructorOptions, HandlerDetails, WindowOpenHandlerResponse } from 'electron';
import type { Lease } from '../browser/partition-host.ts';
import type { PageTarget, Popup, Targets } from '../browser/targets.ts';
import { ignoreGone, tellUntilGone } from '../cdp/gone.ts';
import type { CdpSession } from '../cdp/session.ts';
import { toExternalUrl } from '../protocol/custom-schemes.ts';
import { type OpenRequest, requestFromClick, requestFromScript } from './open-request.ts';

export interface Closable {
  close(): void;
}

/** What this needs of the web contents that opens a window; `C` is the runtime's class of them. */
export interface PopupHost<C extends Closable> {
  readonly cdp: CdpSession;
  readonly targetId: string;
  readonly lease: Lease;
  /** A second lease of the same partition, for the popup. */
  takeLease(): Promise<Lease>;
  getURL(): string;
  /** Makes web contents of a page that Chromium has opened already; it stays paused until they are ready. */
  adopt(target: PageTarget, lease: Lease): C;
  /** The window that Electron would make: `new BrowserWindow({ ...options, webContents })`, and `did-create-window`. */
  openWindow(contents: C, options: BrowserWindowConstructorOptions, details: HandlerDetails): void;
}

type Handler = (details: HandlerDetails) => WindowOpenHandlerResponse;

/** The opener side of every process, by the target that opens. */
const openers = new Map<Targets, Map<string, Popups<Closable>>>();

/**
 * `setWindowOpenHandler` and what follows from it. A window that a page opens exists in Chromium at once, but paused and before
 * its first request; only then is the app asked, and a denied one is closed without having asked any server.
 */
export class Popups<C extends Closable> {
  readonly #host: PopupHost<C>;
  readonly #requests: OpenRequest[] = [];
  #handler: Handler | undefined;

  constructor(host: PopupHost<C>) {
    this.#host = host;
  }

  setHandler(handler: Handler): void {
    this.#handler = handler;
  }

  /** Once the page's session can be used, and before its first document. */
  watch(): void {
    const { cdp, targetId, lease } = this.#host;
    cdp.on('Page.windowOpen', (event) => this.#requests.push(requestFromScript(event)));
    cdp.on('Page.frameRequestedNavigation', (event) => {
      const request = requestFromClick(event);
      if (request) this.#requests.push(request);
    });
    const siblings = openersIn(lease.targets);
    siblings.set(targetId, this);
    void cdp.detached.then(() => siblings.delete(targetId));
  }

  get hasRequest(): boolean {
    return this.#requests.length > 0;
  }

  async decide(popup: Popup): Promise<void> {
    const request = this.#requests.shift() ?? {
      url: popup.url,
      frameName: '',
      features: '',
      disposition: 'other',
    };
    const details: HandlerDetails = {
      ...request,
      url: toExternalUrl(request.url),
      referrer: { url: this.#host.getURL(), policy: 'strict-origin-when-cross-origin' },
    };
    const response = this.#ask(popup, details);
    if (response.action === 'deny') {
      await refuse(popup.session);
      return;
    }
    const contents = this.#host.adopt(popup, await this.#host.takeLease());
    // A popup goes with its opener unless the app wants it to stay.
    if (response.outlivesOpener !== true) void this.#host.cdp.detached.then(() => contents.close());
    const options = { ...sizeFrom(details.features), ...response.overrideBrowserWindowOptions };
    if (!response.createWindow) {
      this.#host.openWindow(contents, options, details);
      return;
    }
    // Electron's declaration of these options leaves out the member that its documentation is about.
    const made: unknown = response.createWindow({
      ...options,
      webContents: contents,
    } as BrowserWindowConstructorOptions);
    if (made !== contents) {
      await refuse(popup.session);
      throw new Error(
        'Invalid webContents. Created window should be connected to webContents passed with options object.',
      );
    }
  }

  /** A handler that fails has not allowed anything; the opener must go on all the same. */
  #ask(popup: Popup, details: HandlerDetails): WindowOpenHandlerResponse {
    try {
      return this.#handler?.(details) ?? { action: 'allow' };
    } catch (error) {
      void refuse(popup.session);
      throw error;
    }
  }
}

/**
 * Closing a page that still waits for its debugger leaves its opener's script waiting for ever, and letting it run first lets a
 * request out: `Page.close` is the one that is carried out first and still lets the opener go on (tried on Chromium 156).
 */
export async function refuse(session: CdpSession): Promise<void> {
  await tellUntilGone(session, () => {
    const closing = session.send('Page.close');
    const running = session.send('Runtime.runIfWaitingForDebugger').catch(ignoreGone);
    return Promise.all([closing, running]);
  });
}

function openersIn(targets: Targets): Map<string, Popups<Closable>> {
  const known = openers.get(targets);
  if (known) return known;
  const siblings = new Map<string, Popups<Closable>>();
  openers.set(targets, siblings);
  targets.onPopup((popup) => {
    const opener =
      (popup.openerTargetId === undefined ? undefined : siblings.get(popup.openerTargetId)) ??
      [...siblings.values()].find(({ hasRequest }) => hasRequest);
    if (opener) void opener.decide(popup);
    // Its opener is gone already: nobody is left to be asked.
    else void refuse(popup.session);
  });
  return siblings;
}

function sizeFrom(features: string): BrowserWindowConstructorOptions {
  const size: BrowserWindowConstructorOptions = {};
  for (const feature of features.split(',')) {
    const [name, value] = feature.split('=');
    const number = Number(value);
    if (!Number.isFinite(number)) continue;
    if (name === 'width' || name === 'height') size[name] = number;
    if (name === 'left') size.x = number;
    if (name === 'top') size.y = number;
  }
  return size;
}
