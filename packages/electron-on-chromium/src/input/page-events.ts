import type { ShownItem } from '../panel/panel.ts';
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

/** A drop-down list that a person opens. Place and width are CSS pixels of the page; the list opens below. */
export interface PageSelect {
  readonly items: readonly ShownItem[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
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
  | { readonly kind: 'select'; readonly select: PageSelect }
  /** Empty where the mouse is over nothing that has one. */
  | { readonly kind: 'tooltip'; readonly text: string }
  /** Where text is typed now, for the window of an input method; CSS pixels of the page. */
  | { readonly kind: 'caret'; readonly x: number; readonly y: number }
  | { readonly kind: 'contextMenu'; readonly params: PageContextMenu };

/** What the page's script offers as `globalThis.electronPageEvents` in its world. */
export interface PageEventsDoor {
  configure(config: PageEventsConfig): void;
  /** The next key goes to the page, whatever is held. */
  letThrough(): void;
  setMuted(muted: boolean): void;
}

/** What the script for pages that are shown nowhere offers as `globalThis.electronPageWidgets` in the same world. */
export interface PageWidgetsDoor {
  /** What was chosen in the list that was opened last; null when it was closed. */
  chosen(item: number | null): void;
}
