/** The world of sandboxed preload scripts, under the name that Electron's own has in the developer tools. */
export const isolatedWorldName = 'Electron Isolated Context';

/** Where the main process delivers to in that world; the page's world has no such name. */
export const receiverName = '__electronReceive';

/** What one side of the IPC says to the other, as JSON. `args` and `value` are written by the clone codec. */
export type FromRenderer =
  | { readonly kind: 'send'; readonly channel: string; readonly args: string }
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: string }
  | { readonly kind: 'preload-error'; readonly path: string; readonly error: string };

export type ToRenderer =
  | { readonly kind: 'message'; readonly channel: string; readonly args: string }
  | { readonly kind: 'answer'; readonly id: number; readonly value: string }
  | { readonly kind: 'refusal'; readonly id: number; readonly error: string };

/** What the scripts of one page are started with. `channel` is a secret of the two worlds. */
export interface WorldConfig {
  readonly channel: string;
  readonly binding: string;
  readonly process: {
    readonly platform: string;
    readonly arch: string;
    readonly versions: Readonly<Record<string, string | undefined>>;
    readonly argv: readonly string[];
    readonly env: Readonly<Record<string, string | undefined>>;
  };
}
