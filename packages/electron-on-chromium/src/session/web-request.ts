import type Protocol from 'devtools-protocol';
import type {
  BeforeSendResponse,
  CallbackResponse,
  HeadersReceivedResponse,
  OnBeforeRequestListenerDetails,
  WebRequestFilter,
} from 'electron';
import type { CdpSession } from '../cdp/session.ts';
import { toExternalUrl, toInternalUrl } from '../protocol/custom-schemes.ts';
import { netErrorFor } from '../web-contents/net-error.ts';
import type { RequestReviewer, RequestSource } from '../web-contents/request-interception.ts';
import { fitsPattern } from './url-pattern.ts';

type EventName =
  | 'onBeforeRequest'
  | 'onBeforeSendHeaders'
  | 'onSendHeaders'
  | 'onHeadersReceived'
  | 'onResponseStarted'
  | 'onBeforeRedirect'
  | 'onCompleted'
  | 'onErrorOccurred';

type Details = Record<string, unknown> & Pick<OnBeforeRequestListenerDetails, 'id' | 'url' | 'resourceType'>;
type Listener = (details: never, callback: (response: never) => void) => void;
type ResourceType = OnBeforeRequestListenerDetails['resourceType'];

interface Entry {
  readonly filter: WebRequestFilter | undefined;
  readonly listener: Listener;
}

/** `session.webRequest`: an app's say in every request of the session's pages, one listener for each event, as in Electron. */
export class WebRequest implements RequestReviewer {
  readonly #entries = new Map<EventName, Entry>();
  readonly #watchers = new Set<() => void>();
  readonly #ids = new Map<string, number>();
  readonly #watched = new WeakSet<CdpSession>();
  /** Requests whose end is to be told, by Chromium's name for them. */
  readonly #open = new Map<string, Details>();
  #lastId = 0;

  onBeforeRequest = this.#setter('onBeforeRequest');
  onBeforeSendHeaders = this.#setter('onBeforeSendHeaders');
  onSendHeaders = this.#setter('onSendHeaders');
  onHeadersReceived = this.#setter('onHeadersReceived');
  onResponseStarted = this.#setter('onResponseStarted');
  onBeforeRedirect = this.#setter('onBeforeRedirect');
  onCompleted = this.#setter('onCompleted');
  onErrorOccurred = this.#setter('onErrorOccurred');

  get patterns(): Protocol.Fetch.RequestPattern[] {
    if (this.#entries.size === 0) return [];
    return [
      { urlPattern: '*', requestStage: 'Request' },
      { urlPattern: '*', requestStage: 'Response' },
    ];
  }

  onChanged(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  async reviewRequest(
    cdp: CdpSession,
    paused: Protocol.Fetch.RequestPausedEvent,
    source: RequestSource,
  ): Promise<Partial<Protocol.Fetch.ContinueRequestRequest> | undefined> {
    if (this.#entries.size === 0) return {};
    const { requestId, request } = paused;
    const details = this.#details(paused, source);
    const before = await this.#ask<CallbackResponse>('onBeforeRequest', {
      ...details,
      uploadData: uploadOf(request),
    });
    if (before.cancel === true) {
      await this.#cancel(cdp, requestId, details);
      return undefined;
    }
    if (before.redirectURL !== undefined && before.redirectURL !== '') {
      // A redirect inside the browser keeps the method, as Electron's does; other origins may follow it.
      const headers = [
        { name: 'Location', value: toInternalUrl(before.redirectURL) },
        { name: 'Access-Control-Allow-Origin', value: request.headers['Origin'] ?? '*' },
      ];
      await cdp.send('Fetch.fulfillRequest', { requestId, responseCode: 307, responseHeaders: headers });
      return undefined;
    }
    const sent = { ...details, requestHeaders: { ...request.headers } };
    const sending = await this.#ask<BeforeSendResponse>('onBeforeSendHeaders', sent);
    if (sending.cancel === true) {
      await this.#cancel(cdp, requestId, details);
      return undefined;
    }
    const requestHeaders = sending.requestHeaders ?? request.headers;
    this.#tell('onSendHeaders', { ...details, requestHeaders });
    if (this.#followsEnds && paused.networkId !== undefined) this.#open.set(paused.networkId, details);
    return sending.requestHeaders === undefined ? {} : { headers: listed(requestHeaders) };
  }

  async reviewResponse(
    cdp: CdpSession,
    paused: Protocol.Fetch.RequestPausedEvent,
    source: RequestSource,
  ): Promise<Partial<Protocol.Fetch.ContinueResponseRequest> | undefined> {
    if (this.#entries.size === 0) return {};
    const {
      requestId,
      responseStatusCode: statusCode = 0,
      responseStatusText = '',
      responseErrorReason,
    } = paused;
    const details = this.#details(paused, source);
    if (responseErrorReason !== undefined) {
      this.#tell('onErrorOccurred', {
        ...details,
        fromCache: false,
        error: `net::${netErrorFor(responseErrorReason).name}`,
      });
      return {};
    }
    const statusLine = `HTTP/1.1 ${statusCode} ${responseStatusText}`.trim();
    const responseHeaders = gathered(paused.responseHeaders ?? []);
    const response = { ...details, statusCode, statusLine, fromCache: false };
    const received = await this.#ask<HeadersReceivedResponse>('onHeadersReceived', {
      ...response,
      responseHeaders,
    });
    if (received.cancel === true) {
      await this.#cancel(cdp, requestId, details);
      return undefined;
    }
    const told = { ...response, responseHeaders: received.responseHeaders ?? responseHeaders };
    const location = paused.responseHeaders?.find(({ name }) => name.toLowerCase() === 'location')?.value;
    if (statusCode >= 300 && statusCode < 400 && location !== undefined)
      this.#tell('onBeforeRedirect', { ...told, redirectURL: new URL(location, details.url).href });
    else {
      this.#tell('onResponseStarted', told);
      if (paused.networkId !== undefined && this.#open.has(paused.networkId))
        this.#open.set(paused.networkId, told);
    }
    if (received.responseHeaders === undefined && received.statusLine === undefined) return {};
    return {
      responseCode: Number(/^\S+ (\d+)/.exec(received.statusLine ?? '')?.[1] ?? statusCode),
      responseHeaders: listed(told.responseHeaders),
    };
  }

  /** Chromium tells the end of a request by its network domain only. */
  async follow(cdp: CdpSession): Promise<void> {
    if (!this.#followsEnds || this.#watched.has(cdp)) return;
    this.#watched.add(cdp);
    cdp.on('Network.loadingFinished', ({ requestId }) => {
      const open = this.#open.get(requestId);
      if (this.#open.delete(requestId) && open) this.#tell('onCompleted', { ...open, error: 'net::OK' });
    });
    cdp.on('Network.loadingFailed', ({ requestId, errorText }) => {
      const open = this.#open.get(requestId);
      if (this.#open.delete(requestId) && open)
        this.#tell('onErrorOccurred', { ...open, fromCache: false, error: errorText });
    });
    await cdp.send('Network.enable', {});
  }

  get #followsEnds(): boolean {
    return this.#entries.has('onCompleted') || this.#entries.has('onErrorOccurred');
  }

  async #cancel(cdp: CdpSession, requestId: string, details: Details): Promise<void> {
    await cdp.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
    this.#tell('onErrorOccurred', { ...details, fromCache: false, error: 'net::ERR_BLOCKED_BY_CLIENT' });
  }

  #ask<R extends object>(event: EventName, details: Details): Promise<Partial<R>> {
    const entry = this.#entryFor(event, details);
    if (!entry) return Promise.resolve({});
    // The listener of an event takes its own details and callback, which its setter's type has checked.
    const listener = entry.listener as unknown as (details: Details, callback: (response: R) => void) => void;
    return new Promise((resolve) => {
      listener(details, resolve);
    });
  }

  #tell(event: EventName, details: Details): void {
    const listener = this.#entryFor(event, details)?.listener as unknown as
      ((details: Details) => void) | undefined;
    listener?.(details);
  }

  #entryFor(event: EventName, { url, resourceType }: Details): Entry | undefined {
    const entry = this.#entries.get(event);
    const { urls = [], excludeUrls = [], types } = entry?.filter ?? {};
    const isMeant =
      (urls.length === 0 || urls.some((pattern) => fitsPattern(url, pattern))) &&
      !excludeUrls.some((pattern) => fitsPattern(url, pattern)) &&
      (types === undefined || types.some((type) => type === resourceType));
    return isMeant ? entry : undefined;
  }

  #details(paused: Protocol.Fetch.RequestPausedEvent, { isMainFrame, ...source }: RequestSource): Details {
    const { requestId, networkId = requestId, request, resourceType } = paused;
    let id = this.#ids.get(networkId);
    if (id === undefined) this.#ids.set(networkId, (id = ++this.#lastId));
    return {
      id,
      url: toExternalUrl(request.url),
      method: request.method,
      resourceType:
        resourceType === 'Document' ? (isMainFrame ? 'mainFrame' : 'subFrame') : typeOf(resourceType),
      referrer: request.headers['Referer'] ?? '',
      timestamp: Date.now(),
      ...source,
    };
  }

  #setter(event: EventName) {
    return (...args: readonly [WebRequestFilter, Listener | null] | readonly [Listener | null]): void => {
      const [filter, listener] = args.length === 2 ? args : [undefined, args[0]];
      if (listener) this.#entries.set(event, { filter, listener });
      else this.#entries.delete(event);
      for (const watcher of [...this.#watchers]) watcher();
    };
  }
}

const types: Partial<Record<Protocol.Network.ResourceType, ResourceType>> = {
  Stylesheet: 'stylesheet',
  Script: 'script',
  Image: 'image',
  Font: 'font',
  XHR: 'xhr',
  Fetch: 'xhr',
  EventSource: 'xhr',
  Ping: 'ping',
  CSPViolationReport: 'cspReport',
  Media: 'media',
  WebSocket: 'webSocket',
};

function typeOf(type: Protocol.Network.ResourceType): ResourceType {
  // Electron's declaration leaves `other` out, which its documentation has.
  return types[type] ?? 'other';
}

function uploadOf({ postDataEntries = [] }: Protocol.Network.Request): { bytes: Buffer }[] {
  return postDataEntries.map(({ bytes = '' }) => ({ bytes: Buffer.from(bytes, 'base64') }));
}

function gathered(headers: readonly Protocol.Fetch.HeaderEntry[]): Record<string, string[]> {
  const all: Record<string, string[]> = {};
  for (const { name, value } of headers) (all[name] ??= []).push(value);
  return all;
}

function listed(headers: Readonly<Record<string, string | string[]>>): Protocol.Fetch.HeaderEntry[] {
  return Object.entries(headers).flatMap(([name, values]) =>
    [values].flat().map((value) => ({ name, value })),
  );
}
