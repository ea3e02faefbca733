import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { PopupStatus, SessionId } from '@retrace/protocol';
import type { WebContentsView } from 'electron';
import { BehaviorSubject } from 'rxjs';
import type { Popups } from './popups.ts';
import { Stage } from './stage.ts';
import { ViewLayout } from './view-layout.ts';

const A = 'a' as SessionId;
const B = 'b' as SessionId;
const popupOf = (sessionId: SessionId): PopupStatus => ({ sessionId, url: 'https://id.example/', title: '' });

/** A page that paints itself as `picture`. */
function pageShowing(picture: string) {
  const page = {
    visible: false,
    setBounds: () => undefined,
    setVisible(visible: boolean) {
      page.visible = visible;
    },
    webContents: {
      focus: jest.fn(),
      capturePage: () => {
        const isEmpty = picture === '' || !page.visible;
        return Promise.resolve({
          isEmpty: () => isEmpty,
          toDataURL: () => `data:image/png;base64,${picture}`,
        });
      },
    },
  };
  return page;
}
/** Stage and layout use nothing else of a view. */
const asView = (page: object) => page as unknown as WebContentsView;

let layout: ViewLayout;
let statuses$: BehaviorSubject<ReadonlyMap<SessionId, PopupStatus>>;
let closed: SessionId[];
let stage: Stage;
beforeEach(() => {
  layout = new ViewLayout({ addChildView: () => undefined, removeChildView: () => undefined });
  layout.place({ x: 0, y: 0, width: 800, height: 600 });
  statuses$ = new BehaviorSubject<ReadonlyMap<SessionId, PopupStatus>>(new Map());
  closed = [];
  const popups: Pick<Popups, 'statuses$' | 'close'> = { statuses$, close: (id) => closed.push(id) };
  stage = new Stage(layout, popups as Popups);
});

describe('the stage', () => {
  it('takes the picture before it hides the page', async () => {
    const page = pageShowing('cGFnZQ==');
    layout.setPage(A, asView(page));
    layout.show(A);
    expect(await stage.cover()).toBe('data:image/png;base64,cGFnZQ==');
    expect(page.visible).toBe(false);
    stage.uncover();
    expect(page.visible).toBe(true);
  });

  it('has no picture where there is no page, or nothing painted yet', async () => {
    expect(await stage.cover()).toBeNull();
    stage.uncover();
    layout.setPage(A, asView(pageShowing('')));
    layout.show(A);
    expect(await stage.cover()).toBeNull();
  });

  it('tells of the popup of the session that is shown, and of no other', () => {
    const told: (PopupStatus | null)[] = [];
    stage.popup$.subscribe((popup) => told.push(popup));
    layout.show(A);
    statuses$.next(new Map([[B, popupOf(B)]]));
    expect(stage.popup).toBeNull();
    layout.show(B);
    expect(stage.popup).toEqual(popupOf(B));
    statuses$.next(new Map());
    expect(told).toEqual([null, popupOf(B), null]);
  });

  it('closes the popup of the session that is shown', () => {
    stage.closePopup();
    layout.show(A);
    stage.closePopup();
    expect(closed).toEqual([A]);
  });

  it('gives the keyboard to what is foremost', () => {
    const page = pageShowing('x');
    const popup = pageShowing('y');
    layout.setPage(A, asView(page));
    layout.show(A);
    stage.focus();
    layout.setPopup(A, asView(popup));
    stage.focus();
    expect(page.webContents.focus).toHaveBeenCalledTimes(1);
    expect(popup.webContents.focus).toHaveBeenCalledTimes(1);
  });
});
