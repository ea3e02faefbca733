import type { EventEmitter } from 'node:events';
import { loadError, type NetError } from './net-error.ts';

export interface Load {
  /** Resolves when the document has loaded; rejects in Electron's words. */
  readonly finished: Promise<void>;
  /** Ends it from outside. */
  fail(error: NetError): void;
}

const aborted: NetError = { name: 'ERR_ABORTED', code: -3 };
const failed: NetError = { name: 'ERR_FAILED', code: -2 };

/**
 * The next load of a page's main frame, told by the page's own events as Electron's `loadURL` tells it
 * (electron/lib/browser/api/web-contents.ts). `beforeFailing` may name the error of a load that stopped without one.
 */
export function followLoad(
  contents: EventEmitter,
  url: string,
  beforeFailing: () => Promise<NetError | undefined> = () => Promise.resolve(undefined),
): Load {
  let fail: (error: NetError) => void = () => undefined;
  const finished = new Promise<void>((resolve, reject) => {
    let error: NetError | undefined;
    let started = false;
    let insideDocument = false;

    const listeners = {
      'did-finish-load': () => settle(resolve),
      'did-fail-load': (_event: unknown, code: number, name: string, _url: string, isMainFrame: boolean) => {
        if (isMainFrame) error ??= { name, code };
      },
      'did-fail-provisional-load': (
        _event: unknown,
        code: number,
        name: string,
        _url: string,
        isMainFrame: boolean,
      ) => {
        if (isMainFrame) error ??= { name, code };
      },
      'did-start-navigation': (
        _event: unknown,
        _url: string,
        isSameDocument: boolean,
        isMainFrame: boolean,
      ) => {
        if (!isMainFrame) return;
        // Another navigation has taken this one's place.
        if (started && !isSameDocument) fail(aborted);
        insideDocument = isSameDocument;
        started = true;
      },
      'did-navigate-in-page': (_event: unknown, _url: string, isMainFrame: boolean) => {
        if (isMainFrame && insideDocument) settle(resolve);
      },
      'did-stop-loading': () => {
        if (error) fail(error);
        else if (started) void beforeFailing().then((named) => fail(named ?? failed));
      },
      destroyed: () => fail(aborted),
    } as const;

    const settle = (end: () => void) => {
      for (const [event, listener] of Object.entries(listeners)) contents.off(event, listener);
      end();
    };
    fail = (reason) => settle(() => reject(loadError(reason, url)));
    for (const [event, listener] of Object.entries(listeners)) contents.on(event, listener);
  });
  return { finished, fail: (error) => fail(error) };
}
