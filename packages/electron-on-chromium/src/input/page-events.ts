import type { KeyStroke } from '../view/layer-protocol.ts';

export const pageEventsWorld = 'electron-page-events';
export const pageEventsBinding = 'electronPageEvent';

/** An accelerator as a page has to recognise it. */
export interface PageAccelerator {
  readonly id: number;
  readonly code: string;
  readonly key: string;
  readonly modifiers: number;
}

export interface PageEventsConfig {
  readonly accelerators: readonly PageAccelerator[];
  /** Keys are kept from the page until the app has seen them. */
  readonly holdKeys: boolean;
}

/** What the page tells about a click with the right button, in the names of Electron's `ContextMenuParams`. */
export interface PageContextMenu {
  readonly x: number;
  readonly y: number;
  readonly linkURL: string;
  readonly linkText: string;
  readonly srcURL: string;
  readonly mediaType: 'none' | 'image' | 'audio' | 'video' | 'canvas';
  readonly frameURL: string;
  readonly selectionText: string;
  readonly isEditable: boolean;
  readonly titleText: string;
  readonly altText: string;
}

export type PageEvent =
  | { readonly kind: 'ready' }
  | { readonly kind: 'held'; readonly stroke: KeyStroke }
  | { readonly kind: 'accelerator'; readonly id: number }
  /** In the names of Electron's `input-event`; moves of the mouse are not told. */
  | { readonly kind: 'input'; readonly type: 'mouseDown' | 'mouseUp' | 'mouseWheel' | 'rawKeyDown' | 'keyUp' }
  | { readonly kind: 'cursor'; readonly cursor: string }
  | { readonly kind: 'contextMenu'; readonly params: PageContextMenu };

/** What the page's script offers as `globalThis.electronPageEvents` in its world. */
export interface PageEventsDoor {
  configure(config: PageEventsConfig): void;
  /** The next key goes to the page, whatever is held. */
  letThrough(): void;
  setMuted(muted: boolean): void;
}
