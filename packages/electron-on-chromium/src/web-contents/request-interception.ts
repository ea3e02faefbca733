import type Protocol from 'devtools-protocol';
import type { CdpSession } from '../cdp/session.ts';
import { ignoreWithdrawn } from '../cdp/withdrawn.ts';

/** A document on its way: asked before it is requested, and again for each redirect. */
export interface DocumentRequest {
  readonly frameId: string;
  /** As Chromium knows it. */
  readonly url: string;
  readonly redirected: boolean;
}

export interface DocumentListener {
  /** False refuses the request: the server never sees it. */
  mayRequest(request: DocumentRequest): boolean;
  /** Headers have come. */
  onResponse(frameId: string, url: string, status: number, statusText: string): void;
  onFailure(frameId: string, url: string, reason: Protocol.Network.ErrorReason): void;
  onLogin(request: Protocol.Fetch.AuthRequiredEvent): Promise<Credentials | undefined>;
}

/** Somebody who answers requests of a page instead of the network. */
export interface RequestAnswerer {
  /** What the page must stop at, as `Fetch.enable` wants it. */
  readonly patterns: readonly Protocol.Fetch.RequestPattern[];
  /** `listener` is called when {@link patterns} has changed. Returns what ends it. */
  onChanged?(listener: () => void): () => void;
  /** Whether it answers this request; when it does, nobody else may. */
  answer(cdp: CdpSession, paused: Protocol.Fetch.RequestPausedEvent): boolean;
}

/** Where a request comes from, in the names of Electron's `webRequest` details. */
export interface RequestSource {
  readonly isMainFrame: boolean;
  readonly webContentsId: number;
  readonly webContents: unknown;
  readonly frame: unknown;
}

/** Somebody who may change or refuse every request before it is answered. Undefined: it has been dealt with. */
export interface RequestReviewer extends Omit<RequestAnswerer, 'answer'> {
  /** Called for every session of the page, and again when {@link patterns} has changed. */
  follow(cdp: CdpSession): Promise<void>;
  reviewRequest(
    cdp: CdpSession,
    paused: Protocol.Fetch.RequestPausedEvent,
    source: RequestSource,
  ): Promise<Partial<Protocol.Fetch.ContinueRequestRequest> | undefined>;
  reviewResponse(
    cdp: CdpSession,
    paused: Protocol.Fetch.RequestPausedEvent,
    source: RequestSource,
  ): Promise<Partial<Protocol.Fetch.ContinueResponseRequest> | undefined>;
}

export interface InterceptionOptions {
  readonly reviewer: RequestReviewer;
  readonly answerers: readonly RequestAnswerer[];
  readonly listener: DocumentListener;
  readonly sourceOf: (frameId: string) => RequestSource;
}

/** Who a page says it is to a server or a proxy that asks; undefined gives up. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Answers a paused document request itself and says whether it has. */
export type DocumentDiversion = (cdp: CdpSession, paused: Protocol.Fetch.RequestPausedEvent) => boolean;

/**
 * Stops at the requests that Electron lets an app decide on: documents (for the navigation events) and the addresses of
 * protocol handlers.
 */
export class RequestInterception {
  readonly #options: InterceptionOptions;
  readonly #sessions = new Set<CdpSession>();
  readonly #stops: readonly (() => void)[];
  #diversion: DocumentDiversion | undefined;
  #extraHeaders: Readonly<Record<string, string>> = {};

  constructor(options: InterceptionOptions) {
    this.#options = options;
    const changed = () => {
      for (const cdp of this.#sessions) void this.#enable(cdp).catch(ignoreWithdrawn);
    };
    const { reviewer, answerers } = options;
    this.#stops = [reviewer, ...answerers].flatMap((one) => one.onChanged?.(changed) ?? []);
  }

  /** A page, or a frame in a process of its own. */
  async watch(cdp: CdpSession): Promise<void> {
    this.#sessions.add(cdp);
    void cdp.detached.then(() => this.#sessions.delete(cdp));
    cdp.on('Fetch.requestPaused', (paused) => {
      void this.#decide(cdp, paused).catch(ignoreWithdrawn);
    });
    cdp.on('Fetch.authRequired', (asked) => {
      void this.#logIn(cdp, asked).catch(ignoreWithdrawn);
    });
    await this.#enable(cdp);
  }

  /** Headers that the next document of the main frame is requested with, besides its own. */
  addHeaders(headers: Readonly<Record<string, string>>): void {
    this.#extraHeaders = headers;
  }

  /** While set, documents are asked of nobody else. */
  divertDocuments(diversion: DocumentDiversion | undefined): void {
    this.#diversion = diversion;
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
    this.#sessions.clear();
  }

  async #enable(cdp: CdpSession): Promise<void> {
    const { reviewer, answerers } = this.#options;
    const following = reviewer.follow(cdp);
    await cdp.send('Fetch.enable', {
      handleAuthRequests: true,
      patterns: [
        { urlPattern: '*', resourceType: 'Document', requestStage: 'Request' },
        { urlPattern: '*', resourceType: 'Document', requestStage: 'Response' },
        ...reviewer.patterns,
        ...answerers.flatMap(({ patterns }) => patterns),
      ],
    });
    await following;
  }

  async #decide(cdp: CdpSession, paused: Protocol.Fetch.RequestPausedEvent): Promise<void> {
    const { requestId, frameId, responseErrorReason, responseStatusCode } = paused;
    const isDocument = paused.resourceType === 'Document';
    if (isDocument && this.#diversion?.(cdp, paused) === true) return;
    const { reviewer, answerers, sourceOf } = this.#options;
    if (responseErrorReason !== undefined || responseStatusCode !== undefined) {
      if (isDocument) this.#tellResponse(paused);
      const changes = await reviewer.reviewResponse(cdp, paused, sourceOf(frameId));
      if (changes) await cdp.send('Fetch.continueResponse', { requestId, ...changes });
      return;
    }
    if (isDocument && !this.#mayRequest(paused)) {
      await cdp.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
      return;
    }
    const added = isDocument ? this.#withExtraHeaders(paused) : {};
    const changes = await reviewer.reviewRequest(cdp, paused, sourceOf(frameId));
    if (!changes || answerers.some((answerer) => answerer.answer(cdp, paused))) return;
    await cdp.send('Fetch.continueRequest', { requestId, ...added, ...changes });
  }

  #tellResponse({ frameId, request, ...response }: Protocol.Fetch.RequestPausedEvent): void {
    const { responseErrorReason: reason, responseStatusCode: status, responseStatusText = '' } = response;
    const { listener } = this.#options;
    if (reason !== undefined) listener.onFailure(frameId, request.url, reason);
    else if (status !== undefined) listener.onResponse(frameId, request.url, status, responseStatusText);
  }

  #mayRequest({ frameId, request, redirectedRequestId }: Protocol.Fetch.RequestPausedEvent): boolean {
    return this.#options.listener.mayRequest({
      frameId,
      url: request.url + (request.urlFragment ?? ''),
      redirected: redirectedRequestId !== undefined,
    });
  }

  #withExtraHeaders({
    request,
  }: Protocol.Fetch.RequestPausedEvent): Partial<Protocol.Fetch.ContinueRequestRequest> {
    const extra = this.#extraHeaders;
    this.#extraHeaders = {};
    if (Object.keys(extra).length === 0) return {};
    const headers = Object.entries({ ...request.headers, ...extra });
    return { headers: headers.map(([name, value]) => ({ name, value })) };
  }

  async #logIn(cdp: CdpSession, asked: Protocol.Fetch.AuthRequiredEvent): Promise<void> {
    const credentials = await this.#options.listener.onLogin(asked);
    await cdp.send('Fetch.continueWithAuth', {
      requestId: asked.requestId,
      authChallengeResponse: credentials
        ? { response: 'ProvideCredentials', ...credentials }
        : { response: 'CancelAuth' },
    });
  }
}
