/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Rectangle } from 'electron';

export interface FoundText {
  /** From 1; 0 when there is no match. */
  readonly activeMatchOrdinal: number;
  readonly matches: number;
  /** Of the active match, in CSS pixels of the page. */
  readonly selectionArea: Rectangle;
}

/** The script's `globalThis.electronFind`. */
export interface FindDoor {
  /** `step` is 0 for a new search, else how many matches further the active one is. */
  find(text: string, matchCase: boolean, step: number): FoundText;
  stop(action: 'clearSelection' | 'keepSelection' | 'activateSelection'): void;
}

/** Runs in an isolated world of the page's main frame, once for each document. It refers to nothing outside itself. */
export function findScript(): void {
  if (Reflect.has(globalThis, 'electronFind')) return;
  const [all, active] = ['electron-found', 'electron-found-active'];
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    `::highlight(${all}) { background-color: #ffff00; color: #000000; } ::highlight(${active}) { background-color: #ff9632; color: #000000; }`,
  );
  let ranges: Range[] = [];
  let at = -1;

  /** The visible text with the place of every character; text of neighbouring blocks does not run together. */
  const readText = (): { text: string; places: { node: Text; from: number }[] } => {
    const places: { node: Text; from: number }[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let text = '';
    let blockBefore: Element | null = null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!(node instanceof Text) || !parent?.checkVisibility({ visibilityProperty: true })) continue;
      let block: Element = parent;
      while (block.parentElement && getComputedStyle(block).display === 'inline') block = block.parentElement;
      if (blockBefore && block !== blockBefore) text += '\n';
      blockBefore = block;
      places.push({ node, from: text.length });
      text += node.data;
    }
    return { text, places };
  };

  const search = (wanted: string, matchCase: boolean): Range[] => {
    const { text, places } = readText();
    // Letters whose lower case is longer would move every place behind them.
    const folded = (value: string) =>
      matchCase
        ? value
        : value.replace(/[^]/gu, (one) =>
            one.toLowerCase().length === one.length ? one.toLowerCase() : one,
          );
    const [haystack, needle] = [folded(text), folded(wanted)];
    const found: Range[] = [];
    let place = 0;
    const boundary = (offset: number, end: boolean): { node: Text; offset: number } | undefined => {
      while (places[place + 1] && (places[place + 1]?.from ?? 0) + (end ? 1 : 0) <= offset) place += 1;
      const here = places[place];
      return here && { node: here.node, offset: offset - here.from };
    };
    for (
      let from = haystack.indexOf(needle);
      from !== -1;
      from = haystack.indexOf(needle, from + needle.length)
    ) {
      const start = boundary(from, false);
      const end = boundary(from + needle.length, true);
      if (!start || !end) break;
      const range = new Range();
      range.setStart(start.node, start.offset);
      range.setEnd(end.node, end.offset);
      found.push(range);
    }
    return found;
  };

  const firstInSight = (): number =>
    Math.max(
      0,
      ranges.findIndex((range) => range.getBoundingClientRect().bottom >= 0),
    );

  const door: FindDoor = {
    find(text, matchCase, step) {
      if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet);
      ranges = search(text, matchCase);
      if (step === 0 || at === -1) at = ranges.length === 0 ? -1 : firstInSight();
      else at = (at + step + ranges.length) % Math.max(1, ranges.length);
      const range = ranges[at];
      CSS.highlights.set(all, new Highlight(...ranges));
      CSS.highlights.set(active, new Highlight(...(range ? [range] : [])));
      const before = range?.getBoundingClientRect();
      if (before && (before.top < 0 || before.bottom > innerHeight))
        range?.startContainer.parentElement?.scrollIntoView({ block: 'center' });
      const { x = 0, y = 0, width = 0, height = 0 } = range?.getBoundingClientRect() ?? {};
      return {
        activeMatchOrdinal: range ? at + 1 : 0,
        matches: ranges.length,
        selectionArea: {
          x: Math.round(x),
          y: Math.round(y),
          width: Math.round(width),
          height: Math.round(height),
        },
      };
    },
    stop(action) {
      const range = ranges[at];
      if (action === 'clearSelection') getSelection()?.removeAllRanges();
      else if (range) {
        getSelection()?.removeAllRanges();
        getSelection()?.addRange(range);
        if (action === 'activateSelection') range.startContainer.parentElement?.closest('a')?.click();
      }
      CSS.highlights.delete(all);
      CSS.highlights.delete(active);
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
      ranges = [];
      at = -1;
    },
  };
  Reflect.set(globalThis, 'electronFind', door);
}
