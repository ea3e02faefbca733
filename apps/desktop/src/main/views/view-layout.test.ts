import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Rectangle } from '@retrace/protocol';
import { SessionIdSchema } from '@retrace/protocol';
import type { WebContentsView } from 'electron';
import * as v from 'valibot';
import { ViewLayout } from './view-layout.ts';

const A = v.parse(SessionIdSchema, '00000000-0000-4000-8000-00000000000a');
const B = v.parse(SessionIdSchema, '00000000-0000-4000-8000-00000000000b');
const PLACE: Rectangle = { x: 240, y: 48, width: 800, height: 600 };

class Box implements Pick<WebContentsView, 'setBounds' | 'setVisible'> {
  bounds: Rectangle | null = null;
  visible = true;
  setBounds(bounds: Rectangle): void {
    this.bounds = bounds;
  }
  setVisible(visible: boolean): void {
    this.visible = visible;
  }
}
/** The layout only moves, shows and hides, which a box does. */
const asView = (box: Box) => box as unknown as WebContentsView;

let children: unknown[];
let layout: ViewLayout;
let a: Box;
let b: Box;
beforeEach(() => {
  children = [];
  layout = new ViewLayout({
    addChildView: (view) => children.push(view),
    removeChildView: (view) => {
      children = children.filter((child) => child !== view);
    },
  });
  a = new Box();
  b = new Box();
  layout.setPage(A, asView(a));
  layout.setPage(B, asView(b));
  layout.place(PLACE);
});

const visible = () => [a.visible, b.visible];

describe('ViewLayout', () => {
  it('shows nothing until it is told to', () => {
    expect(visible()).toEqual([false, false]);
  });

  it('shows one session at a time, or none', () => {
    layout.show(A);
    expect(visible()).toEqual([true, false]);
    layout.show(B);
    expect(visible()).toEqual([false, true]);
    layout.show(null);
    expect(visible()).toEqual([false, false]);
  });

  it('gives every page its place, the hidden ones too', () => {
    expect([a.bounds, b.bounds]).toEqual([PLACE, PLACE]);
    const moved = { ...PLACE, width: 500 };
    layout.place(moved);
    expect([a.bounds, b.bounds]).toEqual([moved, moved]);
  });

  it('hides the page while it is covered, whatever is shown meanwhile', () => {
    layout.show(A);
    layout.cover();
    expect(visible()).toEqual([false, false]);
    layout.show(B);
    expect(visible()).toEqual([false, false]);
    layout.uncover();
    expect(visible()).toEqual([false, true]);
  });

  it('shows nothing in a place without a size', () => {
    layout.show(A);
    layout.place({ ...PLACE, height: 0 });
    expect(visible()).toEqual([false, false]);
  });

  it('lays a popup over its own session’s page, above all pages', () => {
    const popup = new Box();
    layout.setPopup(A, asView(popup));
    expect(children.at(-1)).toBe(popup);
    expect(popup.bounds).toEqual({
      x: 240,
      y: 48,
      width: 800,
      height: 600,
    });
    layout.show(B);
    expect(popup.visible).toBe(false);
    layout.show(A);
    expect(popup.visible).toBe(true);
    expect(layout.foremost).toBe(popup);
    layout.setPopup(A, null);
    expect(children).toEqual([a, b]);
    expect(layout.foremost).toBe(a);
  });

  it('puts a new page in place of the old one, shown as that was', () => {
    layout.show(A);
    const next = new Box();
    layout.setPage(A, asView(next));
    expect(children).toEqual([b, next]);
    expect(next.visible).toBe(true);
  });

  it('takes page and popup out together', () => {
    layout.show(A);
    layout.setPopup(A, asView(new Box()));
    layout.remove(A);
    expect(children).toEqual([b]);
    expect(layout.foremost).toBeNull();
  });
});
