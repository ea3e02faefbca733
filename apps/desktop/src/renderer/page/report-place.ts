import type { Rectangle } from '@retrace/protocol';

/** Calls `report` with the place of `element` in the window, now and after each change. Returns what ends that. */
export function reportPlace(element: HTMLElement, report: (place: Rectangle) => void): () => void {
  let reported: Rectangle | null = null;
  // Whatever moves the page's left or upper edge also changes its size: the other two edges are the window's.
  const observer = new ResizeObserver(() => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const x = Math.max(0, Math.ceil(left));
    const y = Math.max(0, Math.ceil(top));
    const place = {
      x,
      y,
      width: Math.max(0, Math.floor(right) - x),
      height: Math.max(0, Math.floor(bottom) - y),
    };
    if (reported !== null && isSame(reported, place)) return;
    reported = place;
    report(place);
  });
  observer.observe(element);
  return () => observer.disconnect();
}

function isSame(a: Rectangle, b: Rectangle): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}
