/** The world of sandboxed preload scripts, under the name that Electron's own has in the developer tools. */
export const isolatedWorldName = 'Electron Isolated Context';

/** Where the main process delivers to in that world; the page's world has no such name. */
export const receiverName = '__electronReceive';

/** Where a page's synchronous messages go: a path of its own site, or of this one when it has none. Nothing leaves the machine. */
export const syncOrigin = 'https://electron-send-sync.invalid';

/** A message over a port: `data` is written by the clone codec; `ports` are moved with it. Pages give out negative numbers. */
export interface PortMessage {
  readonly kind: 'port-message';
  readonly id: number;
  readonly data: string;
  readonly ports: readonly number[];
}

export interface PortClose {
  readonly kind: 'port-close';
  readonly id: number;
}

/** What one side of the IPC says to the other, as JSON. `args`, `message` and `value` are written by the clone codec. */
export type FromRenderer =
  | { readonly kind: 'send'; readonly channel: string; readonly args: string }
  | {
      readonly kind: 'post';
      readonly channel: string;
      readonly message: string;
      readonly ports: readonly number[];
    }
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: string }
  | { readonly kind: 'preload-error'; readonly path: string; readonly error: string }
  | PortMessage
  | PortClose;

export type ToRenderer =
  | {
      readonly kind: 'message';
      readonly channel: string;
      readonly args: string;
      readonly ports: readonly number[];
    }
  | { readonly kind: 'answer'; readonly id: number; readonly value: string }
  | { readonly kind: 'refusal'; readonly id: number; readonly error: string }
  | PortMessage
  | PortClose;

/** What `sendSync` posts to {@link WorldConfig.syncPath}. It is answered with what the clone codec wrote. */
export interface SyncMessage {
  readonly channel: string;
  readonly args: string;
}

/** What the scripts of one page are started with. `channel` is a secret of the two worlds. */
export interface WorldConfig {
  readonly channel: string;
  readonly binding: string;
  readonly syncPath: string;
  readonly process: {
    readonly platform: string;
    readonly arch: string;
    readonly versions: Readonly<Record<string, string | undefined>>;
    readonly argv: readonly string[];
    readonly env: Readonly<Record<string, string | undefined>>;
  };
}
