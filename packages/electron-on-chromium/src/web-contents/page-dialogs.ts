import type Protocol from 'devtools-protocol';
import { CdpError } from '../cdp/errors.ts';
import { ignoreGone } from '../cdp/gone.ts';
import type { CdpSession } from '../cdp/session.ts';
import type { MessageAnswer, ShownMessage } from '../panel/panel.ts';

export interface DialogListener {
  /** True lets the page go although it asks to stay. */
  mayLeave(): boolean;
  /** Shows a question of the page to a person; undefined when there is nobody who could see it. */
  ask(question: ShownMessage): Promise<MessageAnswer | undefined>;
}

/**
 * Answers what a page asks while it waits. Where nobody sees the question, an `alert` is taken as read, and `confirm` and
 * `prompt` as cancelled.
 */
export function answerDialogs(cdp: CdpSession, listener: DialogListener): void {
  const answer = (accept: boolean, promptText = ''): void => {
    cdp.send('Page.handleJavaScriptDialog', { accept, promptText }).catch(ignoreAnswered);
  };
  cdp.on('Page.javascriptDialogOpening', (event) => {
    if (event.type === 'beforeunload') {
      answer(listener.mayLeave());
      return;
    }
    // In a window on a display Chromium shows it to the person itself.
    if (event.hasBrowserHandler) return;
    void listener.ask(questionOf(event)).then((given) => {
      const isAlert = event.type === 'alert';
      answer(isAlert || given?.response === 1, given?.input ?? '');
    });
  });
}

function questionOf(event: Protocol.Page.JavascriptDialogOpeningEvent): ShownMessage {
  const isAlert = event.type === 'alert';
  return {
    title: URL.parse(event.url)?.host ?? event.url,
    message: event.message,
    detail: '',
    buttons: isAlert ? ['OK'] : ['Cancel', 'OK'],
    defaultId: isAlert ? 0 : 1,
    cancelId: 0,
    checkboxLabel: '',
    checkboxChecked: false,
    input: event.type === 'prompt' ? (event.defaultPrompt ?? '') : null,
  };
}

/** A test driver on the same page may have answered first. */
function ignoreAnswered(error: unknown): void {
  if (!(error instanceof CdpError && error.message.includes('No dialog is showing'))) ignoreGone(error);
}
