/** Names that the layer in the window's page and the compositor agree on. Neither is visible to the page's own scripts. */
export const layerWorld = 'electron-view-layer';
export const layerBinding = 'electronViewLayerReport';

/** One rectangle to draw, in CSS pixels of the window's content. The list of them goes from the bottom to the top. */
export interface LayerSlot {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly radius: number;
  /** A CSS colour, shown until the first frame and where a page is transparent. */
  readonly background: string;
  /** False for a plain view, which has a background only and lets the mouse through. */
  readonly takesInput: boolean;
}

export type MouseKind = 'mousePressed' | 'mouseReleased' | 'mouseMoved' | 'mouseWheel';

/** As CDP's `Input.dispatchMouseEvent` wants it, relative to the view. */
export interface LayerMouse {
  readonly kind: 'mouse';
  readonly view: number;
  readonly type: MouseKind;
  readonly x: number;
  readonly y: number;
  readonly button: 'none' | 'left' | 'middle' | 'right' | 'back' | 'forward';
  readonly buttons: number;
  readonly clickCount: number;
  readonly modifiers: number;
  readonly deltaX: number;
  readonly deltaY: number;
}

/** One key, as the page's event told it. `modifiers` are CDP's bits: 1 Alt, 2 Control, 4 Meta, 8 Shift. */
export interface KeyStroke {
  readonly type: 'keyDown' | 'keyUp';
  readonly key: string;
  readonly code: string;
  readonly keyCode: number;
  readonly location: number;
  readonly repeat: boolean;
  readonly modifiers: number;
}

export type LayerReport =
  | { readonly kind: 'ready'; readonly scale: number }
  | { readonly kind: 'scale'; readonly scale: number }
  | LayerMouse
  | { readonly kind: 'key'; readonly view: number; readonly stroke: KeyStroke }
  | { readonly kind: 'text'; readonly view: number; readonly text: string }
  | { readonly kind: 'compose'; readonly view: number; readonly text: string }
  | { readonly kind: 'paste'; readonly view: number; readonly text: string; readonly html: string }
  /** The focus has moved to a view, or (null) to the window's own page. */
  | { readonly kind: 'focus'; readonly view: number | null };

/** One picture of a page. Its size is that of the page when it was taken, which may not be the view's any more. */
export interface Frame {
  /** JPEG in base64. */
  readonly image: string;
  /** CSS pixels of the window. */
  readonly width: number;
  readonly height: number;
}

/** What the layer offers to the compositor as `globalThis.electronViewLayer` in its world. */
export interface LayerDoor {
  layout(slots: readonly LayerSlot[]): void;
  /** Settles when the frame is on the canvas. */
  draw(view: number, frame: Frame): Promise<void>;
  focus(view: number | null): void;
  cursor(view: number, cursor: string): void;
  /** Empty for none. */
  tooltip(view: number, text: string): void;
  /** Where text is typed in the view, in CSS pixels of the window. */
  caret(view: number, x: number, y: number): void;
  /** Puts text on the clipboard. */
  copy(text: string): Promise<void>;
}
