import type { NavigationList } from '@retrace/protocol';
import type { NavigationEntry } from 'electron';
import type { KeptEntry, Scroll } from '../vault/kept-session.ts';

/**
 * What is known of the entries of one view's back/forward list beyond address and title: where each is scrolled to, and
 * Chromium's own state of it. Entries are told apart by place and address: another page at the same place is another entry.
 */
export class KeptHistory {
  #entries: readonly KeptEntry[];

  constructor(entries: readonly KeptEntry[]) {
    this.#entries = entries;
  }

  get entries(): readonly KeptEntry[] {
    return this.#entries;
  }

  /** What is kept of the entry at `index`, provided it is still `url`. */
  at(index: number, url: string): KeptEntry | null {
    const entry = this.#entries[index];
    return entry?.url === url ? entry : null;
  }

  /** Takes over the list that the view has now. */
  follow(entries: readonly Pick<NavigationEntry, 'url' | 'pageState'>[]): void {
    this.#entries = entries.map(({ url, pageState }, index) => {
      const scroll = this.at(index, url)?.scroll;
      return { url, ...(pageState !== undefined && { pageState }), ...(scroll !== undefined && { scroll }) };
    });
  }

  /** Remembers where the page at `index` is scrolled to. Answers whether that is news. */
  scrolled(index: number, url: string, scroll: Scroll): boolean {
    const known = this.at(index, url);
    if (known === null || (known.scroll?.x === scroll.x && known.scroll.y === scroll.y)) return false;
    this.#entries = this.#entries.map((entry, place) => (place === index ? { ...entry, scroll } : entry));
    return true;
  }

  /** The list with all that is kept of its entries, as `navigationHistory.restore` takes it. */
  toRestore(navigation: NavigationList): NavigationEntry[] {
    return navigation.entries.map(({ url, title }, index) => {
      const pageState = this.at(index, url)?.pageState;
      return { url, title, ...(pageState !== undefined && { pageState }) };
    });
  }
}
