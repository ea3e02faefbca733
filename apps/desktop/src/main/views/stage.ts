import type { PopupStatus, Rectangle } from '@retrace/protocol';
import type { Observable } from 'rxjs';
import { combineLatest, distinctUntilChanged, map } from 'rxjs';
import type { Popups } from './popups.ts';
import type { ViewLayout } from './view-layout.ts';

/** The place in the window where pages are shown, as the window's own interface handles it. */
export class Stage {
  /** The popup of the session that is shown, now and after each change. */
  readonly popup$: Observable<PopupStatus | null>;
  #popup: PopupStatus | null = null;

  constructor(
    private readonly layout: ViewLayout,
    private readonly popups: Popups,
  ) {
    this.popup$ = combineLatest([layout.shown$, popups.statuses$]).pipe(
      map(([shown, statuses]) => (shown === null ? null : (statuses.get(shown) ?? null))),
      distinctUntilChanged(),
    );
    this.popup$.subscribe((popup) => {
      this.#popup = popup;
    });
  }

  get popup(): PopupStatus | null {
    return this.#popup;
  }

  place(rectangle: Rectangle): void {
    this.layout.place(rectangle);
  }

  /** Hides the page and answers a still picture of it as a `data:` URL, or null where there is no page to see. */
  async cover(): Promise<string | null> {
    const contents = this.layout.foremost?.webContents;
    const picture = contents === undefined ? null : await contents.capturePage();
    this.layout.cover();
    return picture === null || picture.isEmpty() ? null : picture.toDataURL();
  }

  uncover(): void {
    this.layout.uncover();
  }

  /** Gives the keyboard to the page, or to the popup over it. */
  focus(): void {
    this.layout.foremost?.webContents.focus();
  }

  closePopup(): void {
    const { shown } = this.layout;
    if (shown !== null) this.popups.close(shown);
  }
}
