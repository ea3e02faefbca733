import type { EventEmitter } from 'node:events';
import { loadError, type NetError } from './net-error.ts';

export interface LoadOptions {
  /** Whether the load that starts at this address is the one that is followed; every load is when left out. */
  readonly isOwn?: (url: string) => boolean;
  /** What Chromium answered to the command that began the load: the error, or undefined for none. */
  readonly answer?: Promise<NetError | undefined>;
}

const aborted: NetError = { name: 'ERR_ABORTED', code: -3 };
const failed: NetError = { name: 'ERR_FAILED', code: -2 };

/**
 * Follows the next load of a page's main frame, told by the page's own events as Electron's `loadURL` tells it
 * (electron/lib/browser/api/web-contents.ts). Resolves when the document has loaded; rejects in Electron's words.
 */
export function followLoad(
  contents: EventEmitter,
  url: string,
  { isOwn = () => true, answer = Promise.resolve(undefined) }: LoadOptions = {},
): Promise<void> {
  return new Promise((resolve, reject) => {
    let error: NetError | undefined;
    // Events of a load before this one may still come.
    let started = false;
    let insideDocument = false;

    const settle = (end: () => void) => {
      for (const [event, listener] of Object.entries(listeners)) contents.off(event, listener);
      end();
    };
    const fail = (reason: NetError) => settle(() => reject(loadError(reason, url)));
    const failedLoad = (_event: unknown, code: number, name: string, _url: string, isMainFrame: boolean) => {
      if (isMainFrame && started) error ??= { name, code };
    };

    const listeners = {
      'did-start-navigation': (
        _event: unknown,
        to: string,
        isSameDocument: boolean,
        isMainFrame: boolean,
      ) => {
        if (!isMainFrame) return;
        if (started) {
          // Another document has taken this one's place.
          if (!isSameDocument) fail(aborted);
        } else if (isOwn(to)) {
          started = true;
          insideDocument = isSameDocument;
        }
      },
      'did-navigate-in-page': (_event: unknown, _url: string, isMainFrame: boolean) => {
        if (isMainFrame && started && insideDocument) settle(resolve);
      },
      'did-fail-load': failedLoad,
      'did-fail-provisional-load': failedLoad,
      'did-finish-load': () => {
        if (started) settle(resolve);
      },
      'did-stop-loading': () => {
        if (!started) return;
        if (error) fail(error);
        else void answer.then((named) => fail(named ?? failed));
      },
      destroyed: () => fail(aborted),
    } as const;
    for (const [event, listener] of Object.entries(listeners)) contents.on(event, listener);

    void answer.then((named) => {
      // A load that is refused at once never starts, and one that was answered has started.
      if (named && !started) fail(named);
    });
  });
}

/** Tells the start of one load from the starts of loads before it, also of those to the same address. */
export class PendingLoads {
  readonly #unstarted = new Set<{ readonly address: string }>();

  /** `follow` gets what `followLoad` takes for `isOwn`. */
  async follow(url: string, follow: (isOwn: (url: string) => boolean) => Promise<void>): Promise<void> {
    const load = { address: normalized(url) };
    const before = [...this.#unstarted].filter(({ address }) => address === load.address);
    this.#unstarted.add(load);
    const isOwn = (started: string) => {
      if (normalized(started) !== load.address || before.shift() !== undefined) return false;
      this.#unstarted.delete(load);
      return true;
    };
    try {
      await follow(isOwn);
    } finally {
      this.#unstarted.delete(load);
    }
  }
}

function normalized(url: string): string {
  return URL.canParse(url) ? new URL(url).href : url;
}
