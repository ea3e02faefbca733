import type { Session, View, WebContents, WebContentsView } from 'electron';

/** `globalThis.bench` of the `views` fixture. */
export interface Bench {
  readonly log: [event: string, detail: unknown][];
  readonly asked: { readonly url: string; readonly disposition: string; readonly features: string }[];
  readonly views: Record<
    string,
    WebContentsView & { readonly webContents: WebContents & { readonly session: Session } }
  >;
  readonly window: { readonly contentView: View; readonly webContents: WebContents };
  open(
    name: string,
    partition: string,
    bounds: { x: number; y: number; width: number; height: number },
  ): WebContentsView;
  listen(name: string, events: readonly string[]): void;
  showPopups(name: string): void;
  denyPopups(name: string): void;
}

declare global {
  // `var` is the only way to declare a member of globalThis.
  var bench: Bench;
}
