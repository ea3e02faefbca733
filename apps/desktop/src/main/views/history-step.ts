import type { NavigationList } from '@retrace/protocol';

/** How a view gets from the back/forward list it has to the one it should have. */
export type HistoryStep =
  | { readonly kind: 'none' }
  /** A new entry after the one shown, in place of all that follow it. */
  | { readonly kind: 'load'; readonly url: string }
  | { readonly kind: 'go'; readonly index: number }
  /** Chromium can only be given a whole list while it has none, so this needs a fresh view. */
  | { readonly kind: 'restore' };

/** The cheapest step that leads from `current` to `target`. Titles do not count. */
export function stepTowards(current: NavigationList, target: NavigationList): HistoryStep {
  const alike = commonLength(current, target);
  if (alike === current.entries.length && alike === target.entries.length) {
    return current.index === target.index ? { kind: 'none' } : { kind: 'go', index: target.index };
  }
  const last = target.entries.length - 1;
  const added = target.entries[last];
  const growsByOne = target.index === last && current.index === last - 1 && alike >= last;
  if (growsByOne && added !== undefined) return { kind: 'load', url: added.url };
  return { kind: 'restore' };
}

function commonLength(a: NavigationList, b: NavigationList): number {
  const shorter = Math.min(a.entries.length, b.entries.length);
  let length = 0;
  while (length < shorter && a.entries[length]?.url === b.entries[length]?.url) length += 1;
  return length;
}
