import type { NavigationEntry, NavigationList } from '@retrace/protocol';

/**
 * How one back/forward list becomes another: leave out the first `drop` entries, keep the next `keep`, add `added`, show
 * `index`. Any change can be said like this, and the usual ones (a link, a step back) cost at most one entry.
 */
export interface NavigationChange {
  readonly drop: number;
  readonly keep: number;
  readonly added: readonly NavigationEntry[];
  readonly index: number;
}

/**
 * Whether two lists are the same places with the same one shown. Titles do not count: a page that renames itself has not
 * gone anywhere.
 */
export function sameNavigation(a: NavigationList, b: NavigationList): boolean {
  return a.index === b.index && sameEntries(a, b);
}

/** Whether two lists are the same places, whichever of them is shown. */
export function sameEntries(a: NavigationList, b: NavigationList): boolean {
  return (
    a.entries.length === b.entries.length &&
    a.entries.every((entry, place) => entry.url === b.entries[place]?.url)
  );
}

/**
 * The smallest change that leads from `before` to `after`, or null when nothing moved.
 *
 * Invariant 1: applied to `before` it gives the addresses and the index of `after`.
 * Invariant 2: no other change keeps more entries; of those that keep as many, it drops the fewest.
 * Kept entries keep the title they had: a title alone is `SessionPageDescribed`, not a navigation.
 */
export function navigationChange(before: NavigationList, after: NavigationList): NavigationChange | null {
  if (sameNavigation(before, after)) return null;
  let drop = 0;
  let keep = 0;
  for (let start = 0; start < before.entries.length; start += 1) {
    const run = commonRun(before.entries, start, after.entries);
    if (run > keep) {
      drop = start;
      keep = run;
    }
  }
  return { drop, keep, added: after.entries.slice(keep), index: after.index };
}

/** The list that a change makes of `before`. */
export function applyNavigation(before: NavigationList, change: NavigationChange): NavigationList {
  return {
    entries: [...before.entries.slice(change.drop, change.drop + change.keep), ...change.added],
    index: change.index,
  };
}

/** How many entries of `before`, from `start` on, are the first ones of `after`. */
function commonRun(
  before: readonly NavigationEntry[],
  start: number,
  after: readonly NavigationEntry[],
): number {
  let length = 0;
  while (
    start + length < before.length &&
    length < after.length &&
    before[start + length]?.url === after[length]?.url
  ) {
    length += 1;
  }
  return length;
}
