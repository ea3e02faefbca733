import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import type { Protocol } from 'electron';
import { APP_SCHEME, isAppUrl } from './app-url.ts';

/** Security row 6. A header and not a `<meta>`: it then holds before the first byte of the page is read. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The only kinds of file that are served. */
const MIME_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** To be called before the application is ready: a scheme cannot become privileged later. */
export function registerAppScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the files below `root`, on the session of the window only: a session's pages cannot even name them. */
export function serveApp(protocol: Pick<Protocol, 'handle'>, root: string): void {
  protocol.handle(APP_SCHEME, (request) => answerRequest(request, root));
}

/**
 * The file that `request` names below `root`, with its type and the policy.
 * 405 for another method than GET, 404 for another host, a path that leads out of `root`, an unknown kind of file or none.
 */
export async function answerRequest(
  request: { readonly method: string; readonly url: string },
  root: string,
): Promise<Response> {
  if (request.method !== 'GET') return refusal(405);
  if (!isAppUrl(request.url)) return refusal(404);
  const path = fileOf(new URL(request.url).pathname, root);
  const type = path === null ? undefined : MIME_TYPES[extname(path)];
  if (path === null || type === undefined) return refusal(404);
  const content = await readFile(path).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  if (content === null) return refusal(404);
  return new Response(new Uint8Array(content), {
    headers: {
      'content-type': type,
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-cache',
    },
  });
}

/** The path below `root` that `pathname` names, or null where it leads elsewhere. `%2e%2e%2f` is a climb as much as `../`. */
function fileOf(pathname: string, root: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null; // A malformed escape names no file.
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return null;
  const path = join(root, decoded === '/' ? 'index.html' : decoded);
  return path.startsWith(root + sep) ? path : null;
}

function isMissing(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR';
}

function refusal(status: 404 | 405): Response {
  return new Response(null, { status, headers: { 'x-content-type-options': 'nosniff' } });
}
