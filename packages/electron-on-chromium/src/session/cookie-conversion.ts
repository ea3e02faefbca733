import type Protocol from 'devtools-protocol';
import type { Cookie, CookiesGetFilter, CookiesSetDetails } from 'electron';

/** Chromium's refusal of a cookie, in Electron's words. */
export class CookieRefusedError extends Error {
  override readonly name = 'CookieRefusedError';
  constructor(why: string) {
    super(`Failed to set cookie - ${why}`);
  }
}

const sameSiteNames = { None: 'no_restriction', Lax: 'lax', Strict: 'strict' } as const;
const sameSiteValues = { no_restriction: 'None', lax: 'Lax', strict: 'Strict' } as const;

/** A cookie of Chromium as Electron shows it: a domain cookie has a leading dot, a session cookie no expiration date. */
export function toElectronCookie(cookie: Protocol.Network.Cookie): Cookie {
  return {
    name: cookie.name,
    value: cookie.value,
    domain: cookie.domain,
    hostOnly: !cookie.domain.startsWith('.'),
    path: cookie.path,
    secure: cookie.secure,
    httpOnly: cookie.httpOnly,
    session: cookie.session,
    sameSite: cookie.sameSite ? sameSiteNames[cookie.sameSite] : 'unspecified',
    ...(cookie.session ? {} : { expirationDate: cookie.expires }),
  };
}

/**
 * What Chromium has to be told so that the cookie becomes what Electron would make of `details`. Chromium takes more than
 * Electron does over this protocol, so the rules that Electron enforces are enforced here.
 *
 * Throws {@link CookieRefusedError}.
 */
export function toCookieParam(details: CookiesSetDetails): Protocol.Network.CookieParam {
  const url = URL.parse(details.url);
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new CookieRefusedError('The cookie was set for a URL that is not http: or https:.');
  }
  const { name = '', value = '', domain = '' } = details;
  const sameSite = details.sameSite ?? 'lax';
  const secure = details.secure ?? sameSite === 'no_restriction';
  if (secure && url.protocol !== 'https:' && !isLoopback(url.hostname)) {
    throw new CookieRefusedError('A secure cookie cannot be set from an insecure URL.');
  }
  return {
    name,
    value,
    url: url.href,
    // Without the dot Chromium would make a host-only cookie of the parent domain.
    ...(domain === '' ? {} : { domain: domainAttribute(domain, url.hostname) }),
    path: details.path === undefined || details.path === '' ? defaultPath(url.pathname) : details.path,
    secure,
    httpOnly: details.httpOnly ?? false,
    ...(sameSite === 'unspecified' ? {} : { sameSite: sameSiteValues[sameSite] }),
    ...(details.expirationDate === undefined ? {} : { expires: details.expirationDate }),
  };
}

/** Whether Electron's `cookies.get(filter)` would answer with this cookie. */
export function matchesFilter(cookie: Cookie, filter: CookiesGetFilter): boolean {
  const { domain = '', path = '/' } = cookie;
  if (filter.url !== undefined && filter.url !== '' && !isSentTo(cookie, domain, path, filter.url))
    return false;
  if (filter.name !== undefined && cookie.name !== filter.name) return false;
  if (filter.domain !== undefined && !isWithin(bare(domain), bare(filter.domain))) return false;
  if (filter.path !== undefined && path !== filter.path) return false;
  if (filter.secure !== undefined && cookie.secure !== filter.secure) return false;
  if (filter.httpOnly !== undefined && cookie.httpOnly !== filter.httpOnly) return false;
  return filter.session === undefined || cookie.session === filter.session;
}

/** Two cookies with one key replace each other (RFC 6265, 5.3 step 11; host-only ones are kept apart by the dot). */
export function cookieKey({ name, domain = '', path = '/' }: Cookie): string {
  return JSON.stringify([name, domain, path]);
}

function isSentTo(cookie: Cookie, domain: string, path: string, address: string): boolean {
  const url = URL.parse(address);
  if (!url) return false;
  const host = url.hostname;
  if (cookie.hostOnly ? host !== domain : !isWithin(host, bare(domain))) return false;
  if (cookie.secure && url.protocol !== 'https:' && !isLoopback(host)) return false;
  if (path === url.pathname) return true;
  return url.pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
}

function domainAttribute(domain: string, host: string): string {
  const wanted = bare(domain.toLowerCase());
  // `localhost` and addresses have no subdomains: Chromium keeps their cookies host-only.
  if (wanted === host && (!host.includes('.') || isAddress(host))) return wanted;
  if (!isWithin(host, wanted))
    throw new CookieRefusedError('The cookie was set with an invalid Domain attribute.');
  return `.${wanted}`;
}

/** RFC 6265, 5.1.4. */
function defaultPath(pathname: string): string {
  const last = pathname.lastIndexOf('/');
  return last <= 0 ? '/' : pathname.slice(0, last);
}

function bare(domain: string): string {
  return domain.startsWith('.') ? domain.slice(1) : domain;
}

function isWithin(host: string, domain: string): boolean {
  return host === domain || (host.endsWith(`.${domain}`) && !isAddress(host));
}

function isAddress(host: string): boolean {
  return host.startsWith('[') || /^\d+(\.\d+){3}$/.test(host);
}

/** Chromium treats these as trustworthy, so that secure cookies work on them without TLS. */
function isLoopback(host: string): boolean {
  return (
    host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d+){3}$/.test(host)
  );
}
