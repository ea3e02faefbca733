import { MAX_URL_LENGTH } from '@retrace/protocol';
import type { NavigationList } from '@retrace/protocol';

/** Longest page title that is kept, in UTF-16 units. */
export const MAX_TITLE_LENGTH = 1_000;
/** Largest icon that is kept, as the length of its `data:` URL. */
export const MAX_FAVICON_LENGTH = 64 * 1024;
/** Chromium's `kMaxSessionHistoryEntries`: a view that goes on from a full list forgets the oldest entry. */
export const MAX_NAVIGATION_ENTRIES = 50;

/**
 * What a page says of itself goes into a log that is kept for ever, so it is bounded here, before anything compares or records
 * it: a page must not be able to fill the disk, or to write what SQL cannot hold (`jsonb` refuses NUL and lone surrogates).
 */
export function boundedTitle(title: string): string {
  return title
    .slice(0, MAX_TITLE_LENGTH)
    .replace(/[\p{Cc}\p{Cs}]+/gu, ' ')
    .trim();
}

/** The icon, or null where it is not a picture in a `data:` URL of bearable size. */
export function boundedFavicon(favicon: string | null): string | null {
  const kept =
    favicon !== null && favicon.length <= MAX_FAVICON_LENGTH && /^data:image\/[\x21-\x7e]+$/.test(favicon);
  return kept ? favicon : null;
}

/** The list with every address and title bounded: an address that is too long is kept as its origin. */
export function boundedNavigation(list: NavigationList): NavigationList {
  return {
    index: list.index,
    entries: list.entries.map(({ url, title }) => ({ url: boundedUrl(url), title: boundedTitle(title) })),
  };
}

export function boundedUrl(url: string): string {
  if (url.length <= MAX_URL_LENGTH) return url;
  // `origin` is the string "null" for addresses that have none (data:, about:).
  const origin = URL.canParse(url) ? new URL(url).origin : 'null';
  return origin === 'null' ? 'about:blank' : `${origin}/`;
}
