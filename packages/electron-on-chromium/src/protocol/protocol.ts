import type Devtools from 'devtools-protocol';
import type * as Electron from 'electron';
import type { CdpSession } from '../cdp/session.ts';
import { ignoreWithdrawn } from '../cdp/withdrawn.ts';
import { registerScheme, requestPatternFor, toExternalUrl, toInternalUrl } from './custom-schemes.ts';

type Handler = (request: Request) => Response | Promise<Response>;

/** `protocol.registerSchemesAsPrivileged`: before `ready`, as in Electron. */
export function registerSchemesAsPrivileged(
  customSchemes: readonly { readonly scheme: string; readonly privileges?: Electron.Privileges }[],
): void {
  for (const { scheme, privileges } of customSchemes) registerScheme(scheme, privileges ?? {});
}

/** The protocol handlers of one session, answered to its pages through the Fetch domain. */
export class Protocol implements Pick<Electron.Protocol, 'handle' | 'unhandle' | 'isProtocolHandled'> {
  readonly #handlers = new Map<string, Handler>();
  readonly #listeners = new Set<() => void>();

  handle(scheme: string, handler: Handler): void {
    if (this.#handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    this.#handlers.set(scheme, handler);
    this.#changed();
  }

  unhandle(scheme: string): void {
    if (!this.#handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
    this.#changed();
  }

  isProtocolHandled(scheme: string): boolean {
    return this.#handlers.has(scheme);
  }

  /** For the runtime: the handler that answers `scheme`. */
  handlerOf(scheme: string): Handler | undefined {
    return this.#handlers.get(scheme);
  }

  /** What the pages of the session must stop at, as `Fetch.enable` wants it. */
  get patterns(): Devtools.Fetch.RequestPattern[] {
    return [...this.#handlers.keys()]
      .flatMap(requestPatternFor)
      .map((urlPattern) => ({ urlPattern, requestStage: 'Request' }));
  }

  /** Called when {@link patterns} has changed. Returns what removes the listener. */
  onChanged(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Answers a paused request if a handler is there for it; false when it is somebody else's. */
  answer(cdp: CdpSession, paused: Devtools.Fetch.RequestPausedEvent): boolean {
    const url = toExternalUrl(paused.request.url);
    const handler = this.#handlers.get(url.slice(0, url.indexOf(':')));
    if (!handler || paused.responseStatusCode !== undefined || paused.responseErrorReason !== undefined)
      return false;
    answer(cdp, paused, url, handler).catch(ignoreWithdrawn);
    return true;
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** A handler that throws or answers `Response.error()` is a failed request to the page, as in Electron. */
async function answer(
  cdp: CdpSession,
  { requestId, request }: Devtools.Fetch.RequestPausedEvent,
  url: string,
  handler: Handler,
): Promise<void> {
  let fulfilment: Omit<Devtools.Fetch.FulfillRequestRequest, 'requestId'> | undefined;
  try {
    fulfilment = await fulfil(await handler(toRequest(url, request)), url);
  } catch (error) {
    console.error(`Error occurred in the protocol handler for ${url}:`, error);
  }
  if (fulfilment) await cdp.send('Fetch.fulfillRequest', { requestId, ...fulfilment });
  else await cdp.send('Fetch.failRequest', { requestId, errorReason: 'Failed' });
}

/** Undefined for a response that is an error. */
async function fulfil(
  response: Response,
  url: string,
): Promise<Omit<Devtools.Fetch.FulfillRequestRequest, 'requestId'> | undefined> {
  if (response.type === 'error') return undefined;
  const body = Buffer.from(await response.arrayBuffer());
  const headers = [...response.headers].map(([name, value]) => ({
    name,
    value: name === 'location' ? toInternalUrl(new URL(value, url).href) : value,
  }));
  return {
    responseCode: response.status,
    responseHeaders: headers,
    body: body.toString('base64'),
    ...(response.statusText === '' ? {} : { responsePhrase: response.statusText }),
  };
}

function toRequest(url: string, request: Devtools.Network.Request): Request {
  const withBody = request.method !== 'GET' && request.method !== 'HEAD';
  const body = Buffer.concat(
    (request.postDataEntries ?? []).map(({ bytes }) => Buffer.from(bytes ?? '', 'base64')),
  );
  return new Request(url, {
    method: request.method,
    headers: Object.entries(request.headers).map(([name, value]): [string, string] => [
      name,
      // The page's own origin in Origin and Referer is the mapped one.
      typeof value === 'string' ? toExternalUrl(value) : '',
    ]),
    ...(withBody && body.length > 0 ? { body } : {}),
  });
}
