import type { NavigationList } from '@retrace/protocol';
import type { NavigationHistory } from 'electron';

/** A web contents' back/forward list as the engine knows lists. */
export function navigationListOf(
  history: Pick<NavigationHistory, 'getAllEntries' | 'getActiveIndex'>,
): NavigationList {
  const entries = history.getAllEntries().map(({ url, title }) => ({ url, title }));
  return { entries, index: entries.length === 0 ? -1 : history.getActiveIndex() };
}

/**
 * Whether the entry shown took the place of the one shown before, as `location.replace` and client redirects do: everything
 * around it stayed. A list that was full and lost its oldest entry has moved, and does not count.
 */
export function isReplacement(before: NavigationList, after: NavigationList): boolean {
  return (
    before.index === after.index &&
    before.entries.length === after.entries.length &&
    after.entries.every(({ url }, place) => (url === before.entries[place]?.url) !== (place === after.index))
  );
}
