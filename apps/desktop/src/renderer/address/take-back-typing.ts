/**
 * Ctrl+Z in a text field takes typing back, also when the application's menu caught the key. Returns whether the focus is in
 * a text field, that is, whether the command is dealt with.
 */
export function takeBackTyping(document: Document): boolean {
  const focused = document.activeElement;
  const inText = document.hasFocus() && focused instanceof HTMLInputElement && focused.type === 'text';
  // Deprecated, but the only way to reach the field's own undo stack: https://w3c.github.io/editing/docs/execCommand/
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  if (inText) document.execCommand('undo');
  return inText;
}
