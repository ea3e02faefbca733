import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, extname, join } from 'node:path';
import { Accounts } from './accounts.ts';
import { Gates } from './gates.ts';
import { findHandler, page, parseCookies } from './http.ts';
import type { Reply, Routes, Visit } from './http.ts';
import { identityRoutes } from './identity-provider.ts';
import { layout } from './layout.ts';
import { READING } from './reading.ts';
import { RequestLog } from './request-log.ts';
import { signInRoutes } from './sign-in.ts';
import { TRIALS } from './trials.ts';

const PUBLIC = join(import.meta.dirname, 'public');
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};

/** Longest form that is read, in bytes: nothing on the site posts more than a name. */
const MAX_FORM_BYTES = 4096;

export interface Site {
  /** `http://127.0.0.1:<port>`, the same for as long as the site runs. */
  readonly origin: string;
  /** `http://localhost:<port>`: the identity provider, another site to a browser's eyes. */
  readonly identityOrigin: string;
  readonly requests: RequestLog;
  /** `/gate/<name>` hangs until its gate is opened. */
  readonly gates: Gates;
  readonly close: () => Promise<void>;
}

async function publicFile(name: string): Promise<Reply> {
  const type = TYPES[extname(name)];
  if (type === undefined) return { status: 404, body: 'There is no such file.' };
  const body = await readFile(join(PUBLIC, basename(name)), 'utf8');
  return { status: 200, headers: { 'content-type': type }, body };
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let body = '';
  for await (const chunk of request as AsyncIterable<Buffer>) {
    body += chunk.toString();
    if (body.length > MAX_FORM_BYTES) throw new Error('The form is longer than any on this site.');
  }
  return new URLSearchParams(body);
}

function send(response: ServerResponse, { status, headers = {}, body = '' }: Reply): void {
  for (const [name, value] of Object.entries(headers)) {
    if (value.length > 0) response.setHeader(name, value);
  }
  // A page that Chromium may not keep is asked for again on every visit, so the server sees each one.
  response.setHeader('cache-control', 'no-store');
  response.writeHead(status).end(body);
}

/**
 * Starts the local site that stands for the web: a site to sign in to and read, and an identity provider on another origin.
 *
 * @param port where to listen on 127.0.0.1; any free port when it is left out
 */
export async function startSite(port = 0): Promise<Site> {
  const accounts = new Accounts();
  const grants = new Accounts();
  const requests = new RequestLog();
  const gates = new Gates();

  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  // A server that listens on a port, and not on a pipe, has an address of this shape.
  const address = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${address.port}`;
  const identityOrigin = `http://localhost:${address.port}`;

  const shared: Routes = {
    'GET /public/*': ({ url }) => publicFile(url.pathname),
    'GET /sw.js': () => publicFile('sw.js'),
  };
  const site: Routes = {
    ...shared,
    ...READING,
    ...signInRoutes(accounts, grants, identityOrigin),
    ...TRIALS,
    'GET /gate/*': async ({ account, url }) => {
      await gates.passed(basename(url.pathname));
      return page(layout({ title: 'Through the gate', account, main: '<h1>Through the gate</h1>' }));
    },
  };
  const identity: Routes = { ...shared, ...identityRoutes(new Accounts(), grants, origin) };

  async function answer(request: IncomingMessage): Promise<Reply> {
    const atIdentity = request.headers.host?.startsWith('localhost') ?? false;
    const url = new URL(request.url ?? '/', atIdentity ? identityOrigin : origin);
    const method = request.method ?? 'GET';
    const cookies = parseCookies(request.headers.cookie);
    const account = accounts.of(cookies.get('login'));
    const visit: Visit = {
      method,
      url,
      account,
      cookies,
      authorization: request.headers.authorization ?? null,
      form: method === 'POST' ? await readForm(request) : new URLSearchParams(),
    };
    requests.add({
      method,
      server: atIdentity ? 'identity' : 'site',
      path: url.pathname + url.search,
      account,
    });
    const handler = findHandler(atIdentity ? identity : site, method, url.pathname);
    return handler?.(visit) ?? { status: 404, body: 'There is nothing here.' };
  }

  server.on('request', (request, response) => {
    answer(request).then(
      (reply) => send(response, reply),
      (error: unknown) => send(response, { status: 500, body: String(error) }),
    );
  });

  return {
    origin,
    identityOrigin,
    requests,
    gates,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
