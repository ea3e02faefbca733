import type { Rectangle, SessionId } from '@retrace/protocol';
import type { View, WebContentsView } from 'electron';
import type { Observable } from 'rxjs';
import { BehaviorSubject } from 'rxjs';

interface Stack {
  page: WebContentsView;
  popup: WebContentsView | null;
}

/**
 * Where views are in the window: each session's page in the one place that the window leaves for pages, its popup over the
 * whole of it, below the line in which the window names the popup. Visible is at most one session, and none while something of the window lies over the place.
 */
export class ViewLayout {
  readonly #stacks = new Map<SessionId, Stack>();
  #place: Rectangle = { x: 0, y: 0, width: 0, height: 0 };
  readonly #shown = new BehaviorSubject<SessionId | null>(null);
  #covered = false;

  /** @param parent the window's content view. */
  constructor(private readonly parent: Pick<View, 'addChildView' | 'removeChildView'>) {}

  /** The session that is shown, covered or not, now and after each change. */
  get shown$(): Observable<SessionId | null> {
    return this.#shown;
  }

  get shown(): SessionId | null {
    return this.#shown.value;
  }

  /** The view that has the place: the popup where there is one, else the page, else null. */
  get foremost(): WebContentsView | null {
    const stack = this.shown === null ? undefined : this.#stacks.get(this.shown);
    return stack?.popup ?? stack?.page ?? null;
  }

  /** Puts a session's page into the window in place of the one it had. */
  setPage(id: SessionId, page: WebContentsView): void {
    this.remove(id);
    this.#stacks.set(id, { page, popup: null });
    page.setVisible(false);
    this.parent.addChildView(page);
    this.#arrange();
  }

  /** Puts a popup over a session's page, or takes it away. */
  setPopup(id: SessionId, popup: WebContentsView | null): void {
    const stack = this.#stacks.get(id);
    if (stack === undefined) return;
    if (stack.popup !== null) this.parent.removeChildView(stack.popup);
    stack.popup = popup;
    if (popup !== null) {
      popup.setVisible(false);
      this.parent.addChildView(popup);
    }
    this.#arrange();
  }

  /** Takes a session's page and popup out of the window. */
  remove(id: SessionId): void {
    const stack = this.#stacks.get(id);
    if (stack === undefined) return;
    this.#stacks.delete(id);
    if (stack.popup !== null) this.parent.removeChildView(stack.popup);
    this.parent.removeChildView(stack.page);
  }

  show(id: SessionId | null): void {
    this.#shown.next(id);
    this.#arrange();
  }

  place(rectangle: Rectangle): void {
    this.#place = rectangle;
    this.#arrange();
  }

  /** Hides the views, so that the window's own HTML can be seen in their place. */
  cover(): void {
    this.#covered = true;
    this.#arrange();
  }

  uncover(): void {
    this.#covered = false;
    this.#arrange();
  }

  #arrange(): void {
    const { width, height } = this.#place;
    for (const [id, { page, popup }] of this.#stacks) {
      const visible = id === this.shown && !this.#covered && width > 0 && height > 0;
      // Hidden pages have their size too: their layout, and so their scroll, depends on it.
      page.setBounds(this.#place);
      page.setVisible(visible);
      popup?.setBounds(this.#place);
      popup?.setVisible(visible);
    }
  }
}
