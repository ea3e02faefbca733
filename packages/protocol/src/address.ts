import * as v from 'valibot';

/** Longest address that is kept, in UTF-16 units: Chromium's own limit for a URL is 2 MB, a log line is not the place for it. */
export const MAX_URL_LENGTH = 8192;

const LOOPBACK_HOST = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether the host of a parsed URL is this machine itself, where plain `http:` is safe. */
export function isLoopback(url: URL): boolean {
  return LOOPBACK_HOST.test(url.hostname);
}

export type AddressVerdict =
  { readonly allowed: true; readonly url: string } | { readonly allowed: false; readonly reason: string };

/**
 * Whether a session may open `address`, and the normal form of it.
 *
 * Allowed are `https:`, `http:` on loopback, and `about:blank`. Everything else (`file:`, `app:`, `data:`, `blob:`,
 * `javascript:`, `chrome:`, `devtools:`, plain `http:` elsewhere) is refused with a sentence for the person.
 */
export function judgeAddress(address: string): AddressVerdict {
  if (address.length > MAX_URL_LENGTH) {
    return { allowed: false, reason: `The address is longer than ${MAX_URL_LENGTH} characters.` };
  }
  if (!URL.canParse(address)) {
    return { allowed: false, reason: 'That is not an address. Write it like https://example.com.' };
  }
  const url = new URL(address);
  if (
    url.protocol === 'https:' ||
    (url.protocol === 'http:' && isLoopback(url)) ||
    url.href === 'about:blank'
  ) {
    return { allowed: true, url: url.href };
  }
  if (url.protocol === 'http:') {
    return { allowed: false, reason: 'This address is not encrypted. Use https:// instead.' };
  }
  return {
    allowed: false,
    reason: `Addresses that start with ${url.protocol} cannot be opened in a session.`,
  };
}

/** A URL that a session may open, in normal form. */
export const AddressSchema = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const verdict = judgeAddress(dataset.value);
    if (verdict.allowed) return verdict.url;
    addIssue({ message: verdict.reason });
    return NEVER;
  }),
);

/**
 * What a person typed into the address bar, as a URL: `example.com` becomes `https://example.com/`, a loopback host
 * without a scheme becomes `http://…`. Nothing is looked up and nothing is sent to a search engine.
 */
export function addressFromTyped(typed: string): AddressVerdict {
  const text = typed.trim();
  if (text === '') return { allowed: false, reason: 'Type an address, like https://example.com.' };
  const hasScheme = /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[^/]+:\d+(\/|$)/.test(text);
  if (hasScheme) return judgeAddress(text);
  const guess = `https://${text}`;
  if (!URL.canParse(guess) || /\s/.test(text)) {
    return { allowed: false, reason: 'That is not an address. Write it like https://example.com.' };
  }
  const url = new URL(guess);
  if (isLoopback(url)) url.protocol = 'http:';
  return judgeAddress(url.href);
}
