/** What the script in the window's page and the runtime agree on. */
export interface ShownItem {
  readonly label: string;
  readonly accelerator: string;
  readonly separator: boolean;
  readonly enabled: boolean;
  readonly visible: boolean;
  /** Null for what cannot be checked. */
  readonly checked: boolean | null;
  readonly items: readonly ShownItem[];
}

/** CSS pixels of the window. */
export interface MenuPlace {
  readonly x: number;
  readonly y: number;
  /** What the menu is at least as wide as. */
  readonly width?: number;
}

export interface ShownMessage {
  readonly title: string;
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
  /** The button that Enter presses. */
  readonly defaultId: number;
  /** What Escape answers. */
  readonly cancelId: number;
  /** Empty for a message without a box to tick. */
  readonly checkboxLabel: string;
  readonly checkboxChecked: boolean;
  /** Null for a message without a field to type in. */
  readonly input: string | null;
}

export interface MessageAnswer {
  readonly response: number;
  readonly checkboxChecked: boolean;
  readonly input: string;
}

/** One folder, and the question what is wanted of it. */
export interface ShownFolder {
  readonly title: string;
  readonly buttonLabel: string;
  /** The folder's path. */
  readonly folder: string;
  readonly entries: readonly { readonly name: string; readonly isFolder: boolean }[];
  /** What the field for a name or a path begins with. */
  readonly name: string;
  readonly picksMany: boolean;
}

export type FolderAnswer =
  | { readonly kind: 'cancelled' }
  /** A folder was opened: a name in this one, or `..`. */
  | { readonly kind: 'entered'; readonly name: string }
  /** Names in this folder, or the path that was typed. */
  | { readonly kind: 'chosen'; readonly names: readonly string[] };

/** The script's `globalThis.electronPanels`. */
export interface PanelDoor {
  /** The way to the chosen item, from the outermost menu; empty when the menu was closed. Without a place, it opens at the mouse. */
  menu(items: readonly ShownItem[], place: MenuPlace | null): Promise<number[]>;
  message(message: ShownMessage): Promise<MessageAnswer>;
  folder(folder: ShownFolder): Promise<FolderAnswer>;
  close(): void;
}
