/** A request as the site's pages see it. */
export interface Visit {
  readonly method: string;
  readonly url: URL;
  /** Who asks, by the login cookie alone; null for a stranger. */
  readonly account: string | null;
  readonly cookies: ReadonlyMap<string, string>;
  readonly authorization: string | null;
  /** The fields of a posted form; empty for every other request. */
  readonly form: URLSearchParams;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
}

export type Handler = (visit: Visit) => Reply | Promise<Reply>;

/** What a server answers, by `GET /path`. A path that ends in `/*` answers for everything below it. */
export type Routes = Readonly<Record<string, Handler>>;

export function findHandler(routes: Routes, method: string, path: string): Handler | undefined {
  const exact = routes[`${method} ${path}`];
  if (exact !== undefined) return exact;
  const folder = path.slice(0, path.lastIndexOf('/'));
  return routes[`${method} ${folder}/*`];
}

export function page(body: string): Reply {
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

export function redirect(location: string, cookies: readonly string[] = []): Reply {
  return { status: 302, headers: { location, 'set-cookie': cookies } };
}

export function json(value: unknown): Reply {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

export function parseCookies(header: string | undefined): ReadonlyMap<string, string> {
  const pairs = (header ?? '').split('; ').map((pair) => {
    const [name = '', ...rest] = pair.split('=');
    return [name, rest.join('=')] as const;
  });
  return new Map(pairs);
}
