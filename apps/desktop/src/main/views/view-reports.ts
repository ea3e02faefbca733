import type { ViewReport } from '@retrace/engine';
import type { NavigationList, SessionId } from '@retrace/protocol';
import type { WebContents } from 'electron';
import { asyncScheduler, startWith, Subject, switchMap, throttleTime } from 'rxjs';
import { loadErrorSentence } from './load-errors.ts';
import { isReplacement, navigationListOf } from './navigation-list.ts';

/** Least time between two descriptions of one page, in milliseconds: a title that blinks must not fill the log. */
const DESCRIPTION_MS = 1000;
/** Longest that a load is waited for, in milliseconds: some never begin, and the view must not wait for ever. */
const LOAD_MS = 10_000;

export interface ViewReports {
  /** Says that Retrace itself is about to load something. Resolves when that came to a document, failed, or was overtaken. */
  driving(): Promise<void>;
  /** Reports nothing any more. */
  stop(): void;
}

/** Turns what Electron says of one web contents into the engine's reports, in the order in which things happened. */
export function reportView(
  contents: WebContents,
  sessionId: SessionId,
  report: (report: ViewReport) => void,
): ViewReports {
  let stopped = false;
  /** Ends the load that Retrace started, as long as it is on its way. */
  let endDrive: (() => void) | null = null;
  /** A main-frame load has begun that has not come to a document. */
  let pending = false;
  let redirected = false;
  /** The in-page step under way was started by the page itself. */
  let byPage = false;
  let error: string | null = null;
  let favicon: string | null = null;
  let known: NavigationList = navigationListOf(contents.navigationHistory);

  const navigated = (change: 'document' | 'in-page' | 'settled', driven: boolean) => {
    const navigation = navigationListOf(contents.navigationHistory);
    const replaced = change === 'document' && isReplacement(known, navigation);
    known = navigation;
    report({
      kind: 'navigated',
      sessionId,
      navigation,
      change,
      redirected: redirected || replaced,
      driven,
    });
    redirected = false;
  };
  const drivenLoad = () => {
    const driven = endDrive !== null;
    endDrive?.();
    return driven;
  };

  const described = new Subject<void>();
  const documents = new Subject<void>();
  documents
    .pipe(
      startWith(undefined),
      // Each document may describe itself at once, whatever the one before it said a moment ago.
      switchMap(() =>
        described.pipe(throttleTime(DESCRIPTION_MS, asyncScheduler, { leading: true, trailing: true })),
      ),
    )
    .subscribe(() => {
      if (stopped || contents.isDestroyed()) return;
      report({
        kind: 'described',
        sessionId,
        url: contents.getURL(),
        title: contents.getTitle(),
        favicon,
      });
    });

  const listeners = {
    'did-start-navigation': (details: {
      readonly isMainFrame: boolean;
      readonly isSameDocument: boolean;
      readonly initiator?: unknown;
    }) => {
      if (!details.isMainFrame) return;
      // Loads that Retrace starts have no frame as their initiator.
      byPage = Boolean(details.initiator);
      if (details.isSameDocument) return;
      pending = true;
      redirected = false;
      // The page went its own way before what Retrace asked for was there.
      if (byPage) endDrive?.();
    },
    'did-redirect-navigation': (details: { readonly isMainFrame: boolean }) => {
      if (details.isMainFrame) redirected = true;
    },
    'did-navigate': () => {
      pending = false;
      favicon = null;
      documents.next();
      navigated('document', drivenLoad());
    },
    'did-navigate-in-page': (_event: unknown, _url: string, isMainFrame: boolean) => {
      if (!isMainFrame) return;
      const driven = !byPage && drivenLoad();
      if (driven) pending = false;
      navigated('in-page', driven);
    },
    'did-start-loading': () => {
      error = null;
      report({ kind: 'loading', sessionId, loading: true, error });
    },
    'did-fail-load': (
      _event: unknown,
      code: number,
      description: string,
      _url: string,
      isMainFrame: boolean,
    ) => {
      if (isMainFrame) error = loadErrorSentence(code, description);
    },
    'did-stop-loading': () => {
      if (pending) {
        pending = false;
        navigated('settled', drivenLoad());
      }
      report({ kind: 'loading', sessionId, loading: false, error });
    },
    'page-title-updated': () => described.next(),
    'page-favicon-updated': (_event: unknown, favicons: readonly string[]) => {
      // Fetching any other icon would be a request of Retrace's own.
      favicon = favicons.find((url) => url.startsWith('data:image/')) ?? null;
      described.next();
    },
    'render-process-gone': (
      _event: unknown,
      details: { readonly reason: string; readonly exitCode: number },
    ) => {
      endDrive?.();
      report({ kind: 'crashed', sessionId, reason: details.reason, exitCode: details.exitCode });
      report({ kind: 'loading', sessionId, loading: false, error: null });
    },
  };

  const stop = listenTo(contents, listeners);
  return {
    driving() {
      endDrive?.();
      return new Promise((resolve) => {
        const timer = setTimeout(() => endDrive?.(), LOAD_MS);
        endDrive = () => {
          clearTimeout(timer);
          endDrive = null;
          resolve();
        };
      });
    },
    stop() {
      stopped = true;
      endDrive?.();
      documents.complete();
      described.complete();
      stop();
    },
  };
}

/** Adds listeners to an emitter and answers what removes them again. */
function listenTo(
  contents: WebContents,
  listeners: Readonly<Record<string, (...args: never[]) => void>>,
): () => void {
  // Electron declares one overload an event; each listener above is written after its own.
  const emitter: NodeJS.EventEmitter = contents;
  const entries = Object.entries(listeners) as [string, (...args: unknown[]) => void][];
  for (const [event, listener] of entries) emitter.on(event, listener);
  return () => {
    for (const [event, listener] of entries) emitter.removeListener(event, listener);
  };
}
