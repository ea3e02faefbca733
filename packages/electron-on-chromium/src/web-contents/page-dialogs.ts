import { CdpError } from '../cdp/errors.ts';
import { ignoreGone } from '../cdp/gone.ts';
import type { CdpSession } from '../cdp/session.ts';

export interface DialogListener {
  /** True lets the page go although it asks to stay. */
  mayLeave(): boolean;
}

/**
 * Answers what a page asks while it waits. Without a display nobody sees the question: an `alert` is taken as read, `confirm`
 * and `prompt` as cancelled.
 */
export function answerDialogs(cdp: CdpSession, listener: DialogListener): void {
  cdp.on('Page.javascriptDialogOpening', ({ type, hasBrowserHandler }) => {
    // In a window on a display Chromium shows it to the person itself.
    if (hasBrowserHandler && type !== 'beforeunload') return;
    const accept = type === 'beforeunload' ? listener.mayLeave() : type === 'alert';
    cdp.send('Page.handleJavaScriptDialog', { accept }).catch(ignoreAnswered);
  });
}

/** A test driver on the same page may have answered first. */
function ignoreAnswered(error: unknown): void {
  if (!(error instanceof CdpError && error.message.includes('No dialog is showing'))) ignoreGone(error);
}
