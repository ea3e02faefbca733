import type { Cookie, Cookies, CookiesSetDetails } from 'electron';
import type { KeptCookie } from '../vault/kept-session.ts';

/** The cookies that Chromium forgets at the end of a run. */
export async function sessionOnlyCookies(cookies: Pick<Cookies, 'get'>): Promise<KeptCookie[]> {
  const found = await cookies.get({ session: true });
  return found.map(keptCookie);
}

/**
 * Sets the kept cookies that the jar does not have. Those that it has are newer: they stay.
 *
 * @param failed is told of a cookie that Chromium refuses; the others are set all the same.
 */
export async function bringCookiesBack(
  cookies: Pick<Cookies, 'get' | 'set'>,
  kept: readonly KeptCookie[],
  failed: (cookie: KeptCookie, error: unknown) => void,
): Promise<void> {
  if (kept.length === 0) return;
  const present = new Set((await cookies.get({})).map((cookie) => identityOf(keptCookie(cookie))));
  const missing = kept.filter((cookie) => !present.has(identityOf(cookie)));
  await Promise.all(
    missing.map((cookie) => cookies.set(settingOf(cookie)).catch((error: unknown) => failed(cookie, error))),
  );
}

function keptCookie(cookie: Cookie): KeptCookie {
  return {
    name: cookie.name,
    value: cookie.value,
    domain: cookie.domain ?? '',
    path: cookie.path ?? '/',
    hostOnly: cookie.hostOnly ?? false,
    secure: cookie.secure ?? false,
    httpOnly: cookie.httpOnly ?? false,
    sameSite: cookie.sameSite,
  };
}

/** What makes two cookies the same one: a jar holds one value for it. */
function identityOf({ name, domain, path, hostOnly }: KeptCookie): string {
  return JSON.stringify([name, domain.replace(/^\./, ''), path, hostOnly]);
}

/** How Electron is told to set the cookie: with a domain it would become a domain cookie, so a host-only one goes without. */
export function settingOf(cookie: KeptCookie): CookiesSetDetails {
  const host = cookie.domain.replace(/^\./, '');
  return {
    url: `${cookie.secure ? 'https' : 'http'}://${host}${cookie.path}`,
    name: cookie.name,
    value: cookie.value,
    path: cookie.path,
    secure: cookie.secure,
    httpOnly: cookie.httpOnly,
    sameSite: cookie.sameSite,
    ...(!cookie.hostOnly && { domain: cookie.domain }),
  };
}
