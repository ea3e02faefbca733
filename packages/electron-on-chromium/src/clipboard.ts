import { clipboardText } from './input/clipboard-text.ts';

/** `clipboard`: text within this app. What pages copy arrives here; other programs' clipboards are reached by pages only. */
export const clipboard = {
  readText: (): Promise<string> => Promise.resolve(clipboardText.read()),
  writeText: (text: string): Promise<void> => {
    clipboardText.write(text);
    return Promise.resolve();
  },
  has: (mimetype: string): Promise<boolean> =>
    Promise.resolve(mimetype === 'text/plain' && clipboardText.read() !== ''),
  clear: (): void => clipboardText.write(''),
};
