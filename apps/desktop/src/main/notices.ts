/** Sentences for the person. Those that come before the window can show them wait until it can. */
export interface Notices {
  readonly tell: (notice: string) => void;
  /** From now on sentences go to `show`, the waiting ones first. */
  readonly showWith: (show: (notice: string) => void) => void;
}

/** @param note writes every sentence down as well. */
export function makeNotices(note: (message: string) => void): Notices {
  const waiting: string[] = [];
  let show: ((notice: string) => void) | null = null;
  return {
    tell(notice) {
      note(`Told: ${notice}`);
      if (show === null) waiting.push(notice);
      else show(notice);
    },
    showWith(next) {
      show = next;
      waiting.splice(0).forEach(next);
    },
  };
}
