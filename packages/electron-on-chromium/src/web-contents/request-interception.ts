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

/** Answers a paused document request itself and says whether it has. */
export type DocumentDiversion = (cdp: CdpSession, paused: Protocol.Fetch.RequestPausedEvent) => boolean;

/**
 * Stops at the requests that Electron lets an app decide on: documents (for the navigation events) and the addresses of
 * protocol handlers.
 */
export class RequestInterception {
  readonly #answerers: readonly RequestAnswerer[];
  readonly #listener: DocumentListener;
  readonly #sessions = new Set<CdpSession>();
  #diversion: DocumentDiversion | undefined;
  readonly #stops: readonly (() => void)[];

  constructor(answerers: readonly RequestAnswerer[], listener: DocumentListener) {
    this.#answerers = answerers;
    this.#listener = listener;
    const changed = () => {
      for (const cdp of this.#sessions) void this.#enable(cdp).catch(ignoreWithdrawn);
    };
    this.#stops = answerers.flatMap((answerer) => answerer.onChanged?.(changed) ?? []);
  }

  /** A page, or a frame in a process of its own. */
  async watch(cdp: CdpSession): Promise<void> {
    this.#sessions.add(cdp);
    void cdp.detached.then(() => this.#sessions.delete(cdp));
    cdp.on('Fetch.requestPaused', (paused) => {
      void this.#decide(cdp, paused).catch(ignoreWithdrawn);
    });
    await this.#enable(cdp);
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
    await cdp.send('Fetch.enable', {
      patterns: [
        { urlPattern: '*', resourceType: 'Document', requestStage: 'Request' },
        { urlPattern: '*', resourceType: 'Document', requestStage: 'Response' },
        ...this.#answerers.flatMap(({ patterns }) => patterns),
      ],
    });
  }

  async #decide(cdp: CdpSession, paused: Protocol.Fetch.RequestPausedEvent): Promise<void> {
    const { requestId, frameId, request, responseErrorReason: reason, responseStatusCode: status } = paused;
    if (paused.resourceType === 'Document' && this.#diversion?.(cdp, paused) === true) return;
    if (paused.resourceType === 'Document') {
      if (reason !== undefined) this.#listener.onFailure(frameId, request.url, reason);
      else if (status !== undefined)
        this.#listener.onResponse(frameId, request.url, status, paused.responseStatusText ?? '');
      else if (
        !this.#listener.mayRequest({
          frameId,
          url: request.url + (request.urlFragment ?? ''),
          redirected: paused.redirectedRequestId !== undefined,
        })
      ) {
        await cdp.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
        return;
      }
    }
    if (!this.#answerers.some((answerer) => answerer.answer(cdp, paused)))
      await cdp.send('Fetch.continueRequest', { requestId });
  }
}
