/// <reference lib="dom" />
import type { CdpSession } from '../cdp/session.ts';

interface Pasted {
  readonly text: string;
  readonly html: string;
}

/**
 * Pastes into the element that has the focus. The page's process has a clipboard of its own, so the page gets a paste event that
 * carries the content, and if it leaves that alone, the text is typed in.
 */
export async function pasteInto(page: CdpSession, { text, html }: Pasted): Promise<void> {
  const { result } = await page.send('Runtime.evaluate', {
    expression: `(${offerPaste.toString()})(${JSON.stringify(text)}, ${JSON.stringify(html)})`,
    returnByValue: true,
    userGesture: true,
  });
  if (result.value === true && text !== '') await page.send('Input.insertText', { text });
}

export async function selectionOf(page: CdpSession): Promise<string> {
  const { result } = await page.send('Runtime.evaluate', {
    expression: `(${selectedText.toString()})()`,
    returnByValue: true,
  });
  return typeof result.value === 'string' ? result.value : '';
}

/** Runs in the page; true when the page leaves the paste to the browser. */
function offerPaste(text: string, html: string): boolean {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  if (html !== '') clipboardData.setData('text/html', html);
  const event = new ClipboardEvent('paste', {
    clipboardData,
    bubbles: true,
    cancelable: true,
    composed: true,
  });
  return (document.activeElement ?? document).dispatchEvent(event);
}

/** Runs in the page. */
function selectedText(): string {
  const field = document.activeElement;
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)
    return field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0);
  return getSelection()?.toString() ?? '';
}
