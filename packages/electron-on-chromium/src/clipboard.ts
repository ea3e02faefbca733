import { clipboardText } from './input/clipboard-text.ts';

/** `clipboard`: text within this app. What pages copy arrives here; other programs' clipboards are reached by pages only. */
export const clipboard = {
  readText: (): string => clipboardText.read(),
  writeText: (text: string): void => clipboardText.write(text),
  clear: (): void => clipboardText.write(''),
  availableFormats: (): string[] => (clipboardText.read() === '' ? [] : ['text/plain']),
};
