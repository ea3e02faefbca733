import { ClipboardItem } from './clipboard-item.ts';
import { clipboardText } from './input/clipboard-text.ts';

/** What the app has written besides text, as long as the text beside it is still the one that was copied last. */
let written: { readonly text: string; readonly items: ClipboardItem[] } | undefined;

function current(): ClipboardItem[] {
  const text = clipboardText.read();
  if (written?.text === text) return written.items;
  return text === '' ? [] : [new ClipboardItem({ 'text/plain': text })];
}

/** `clipboard`: within this app. What pages copy arrives here; other programs' clipboards are reached by pages only. */
export const clipboard = {
  readText: (): Promise<string> => Promise.resolve(clipboardText.read()),
  writeText: (text: string): Promise<void> => {
    clipboardText.write(text);
    written = undefined;
    return Promise.resolve();
  },
  read: (): Promise<ClipboardItem[]> => Promise.resolve([...current()]),
  async write(items: readonly ClipboardItem[]): Promise<void> {
    const plain = items.find(({ types }) => types.includes('text/plain'));
    const text = plain ? await (await plain.getType('text/plain')).text() : '';
    clipboardText.write(text);
    written = { text, items: [...items] };
  },
  has: (mimetype: string): Promise<boolean> =>
    Promise.resolve(current().some(({ types }) => types.includes(mimetype))),
  clear: (): void => {
    clipboardText.write('');
    written = undefined;
  },
};
