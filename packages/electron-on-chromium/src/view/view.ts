import { EventEmitter } from 'node:events';
import type { Rectangle } from 'electron';

/** What is drawn of one view, apart from its place. */
export interface ViewLook {
  readonly background: string;
  readonly radius: number;
}

/** A rectangle of a window: its children lie above it, the last one on top. Positions are relative to the parent, in CSS pixels. */
export class View extends EventEmitter {
  readonly #children: View[] = [];
  readonly #watchers = new Set<() => void>();
  #parent: View | undefined;
  #bounds: Rectangle = { x: 0, y: 0, width: 0, height: 0 };
  #visible = true;
  #background: string;
  #radius = 0;

  /** Only the runtime passes `background`, which Electron's own constructor does not take. */
  constructor(background = 'transparent') {
    super();
    this.#background = background;
  }

  get children(): View[] {
    return [...this.#children];
  }

  /** A view that is a child already moves to the new place. Throws for the view itself and for one of its ancestors. */
  addChildView(view: View, index = this.#children.length): void {
    if (view === this || this.#isWithin(view)) throw new Error('A view cannot be added as its own child');
    view.#parent?.removeChildView(view);
    this.#children.splice(Math.min(index, this.#children.length), 0, view);
    view.#parent = this;
    this.changed();
  }

  removeChildView(view: View): void {
    const index = this.#children.indexOf(view);
    if (index === -1) return;
    this.#children.splice(index, 1);
    view.#parent = undefined;
    this.changed();
  }

  /** Whole CSS pixels, as in Electron. */
  setBounds(bounds: Rectangle): void {
    const next = {
      x: Math.round(bounds.x),
      y: Math.round(bounds.y),
      width: Math.max(0, Math.round(bounds.width)),
      height: Math.max(0, Math.round(bounds.height)),
    };
    const before = this.#bounds;
    if (
      next.x === before.x &&
      next.y === before.y &&
      next.width === before.width &&
      next.height === before.height
    )
      return;
    this.#bounds = next;
    this.emit('bounds-changed');
    this.changed();
  }

  getBounds(): Rectangle {
    return { ...this.#bounds };
  }

  setVisible(visible: boolean): void {
    if (visible === this.#visible) return;
    this.#visible = visible;
    this.changed();
  }

  getVisible(): boolean {
    return this.#visible;
  }

  setBackgroundColor(color: string): void {
    this.#background = cssColor(color);
    this.changed();
  }

  setBorderRadius(radius: number): void {
    this.#radius = Math.max(0, radius);
    this.changed();
  }

  /** For the runtime only. */
  get look(): ViewLook {
    return { background: this.#background, radius: this.#radius };
  }

  /** For the runtime only: calls `watcher` after every change of this view or of one inside it. Returns what ends it. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  protected changed(): void {
    for (const watcher of [...this.#watchers]) watcher();
    this.#parent?.changed();
  }

  #isWithin(view: View): boolean {
    for (let above = this.#parent; above; above = above.#parent) if (above === view) return true;
    return false;
  }
}

/** Electron writes the opacity first (`#AARRGGBB`, `#ARGB`), CSS last. */
export function cssColor(color: string): string {
  const long = /^#([\da-f]{2})([\da-f]{6})$/i.exec(color);
  if (long) return `#${long[2] ?? ''}${long[1] ?? ''}`;
  const short = /^#([\da-f])([\da-f]{3})$/i.exec(color);
  return short ? `#${short[2] ?? ''}${short[1] ?? ''}` : color;
}
