import type { WebContents } from './web-contents.ts';

const live = new Map<number, WebContents>();
const listeners = new Set<(contents: WebContents) => void>();
let lastId = 0;

export function nextContentsId(): number {
  return ++lastId;
}

export function registerContents(contents: WebContents): void {
  live.set(contents.id, contents);
  for (const listener of [...listeners]) listener(contents);
}

export function unregisterContents(contents: WebContents): void {
  live.delete(contents.id);
}

/** For `app`, which announces every new web contents. */
export function onContentsCreated(listener: (contents: WebContents) => void): void {
  listeners.add(listener);
}

/** `webContents`: the live ones. */
export const webContents = {
  getAllWebContents: (): WebContents[] => [...live.values()],
  fromId: (id: number): WebContents | undefined => live.get(id),
  fromDevToolsTargetId: (targetId: string): WebContents | undefined =>
    [...live.values()].find((contents) => contents.targetIdIfReady === targetId),
  fromFrame: (frame: { readonly frameId: string }): WebContents | undefined =>
    [...live.values()].find((contents) => contents.hasFrame(frame.frameId)),
  getFocusedWebContents: (): WebContents | null =>
    [...live.values()].find((contents) => contents.isFocused()) ?? null,
};
