import { isAppUrl } from '../app-url.ts';

interface Frame {
  readonly detached: boolean;
  readonly url: string;
  readonly processId: number;
  readonly frameToken: string;
}

/** What is looked at of Electron's `IpcMainInvokeEvent`. */
export interface SentMessage {
  readonly senderFrame: Frame | null;
  readonly sender: { readonly mainFrame: Frame };
}

/**
 * Security row 8: whether a message comes from the main frame of the application's own page.
 *
 * To be asked synchronously, first thing: once a frame has navigated, `senderFrame` is another page or null.
 */
export function isFromOwnPage({ senderFrame, sender }: SentMessage): boolean {
  if (senderFrame === null || senderFrame.detached) return false;
  const { mainFrame } = sender;
  // Electron may hand out two objects for one frame, so they are compared by what identifies a frame.
  if (senderFrame.processId !== mainFrame.processId || senderFrame.frameToken !== mainFrame.frameToken) {
    return false;
  }
  return isAppUrl(senderFrame.url);
}
