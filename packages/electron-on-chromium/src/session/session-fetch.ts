import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Cookie } from 'electron';

/** What a request of the app itself takes from a session. */
export interface FetchingSession {
  readonly cookies: { get(filter: { readonly url: string }): Promise<Cookie[]> };
  readonly protocol: {
    handlerOf(scheme: string): ((request: Request) => Response | Promise<Response>) | undefined;
  };
  getUserAgent(): string;
}

/**
 * `session.fetch` and `net.fetch`: protocol handlers of the session answer first, files are read, and everything else is Node's
 * own request with the session's cookies and user agent. Cookies that a response sets are not kept, and its proxy is not used.
 */
export async function sessionFetch(
  session: FetchingSession,
  input: string | URL | Request,
  init: RequestInit & { readonly bypassCustomProtocolHandlers?: boolean } = {},
): Promise<Response> {
  const request = new Request(input, init);
  const scheme = new URL(request.url).protocol.slice(0, -1);
  const handler = init.bypassCustomProtocolHandlers === true ? undefined : session.protocol.handlerOf(scheme);
  if (handler) return await handler(request);
  if (scheme === 'file') return new Response(await readFile(fileURLToPath(request.url)));
  const headers = new Headers(request.headers);
  if (!headers.has('user-agent')) headers.set('user-agent', session.getUserAgent());
  if (request.credentials !== 'omit' && !headers.has('cookie')) {
    const cookies = await session.cookies.get({ url: request.url });
    if (cookies.length > 0)
      headers.set('cookie', cookies.map(({ name, value }) => `${name}=${value}`).join('; '));
  }
  return await fetch(request, { headers });
}
