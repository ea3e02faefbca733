import type { WebContents } from './web-contents.ts';
import type { WebFrameMain } from './web-frame-main.ts';

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

/** `webFrameMain`: the frames of the live ones. */
export const webFrameMain = {
  /** Null for a frame that is not there. Every frame has the process id 0 here. */
  fromFrameToken: (_processId: number, frameToken: string): WebFrameMain | null =>
    allFrames().find((frame) => frame.frameToken === frameToken) ?? null,
  fromId: (_processId: number, routingId: number): WebFrameMain | undefined =>
    allFrames().find((frame) => frame.routingId === routingId),
};

function allFrames(): WebFrameMain[] {
  return [...live.values()].flatMap((contents) =>
    contents.targetIdIfReady === undefined ? [] : contents.mainFrame.framesInSubtree,
  );
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
