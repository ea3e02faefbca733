let text = '';

/** The text that was copied last in any page of this app, or set by the app. */
export const clipboardText = {
  read: (): string => text,
  write: (next: string): void => {
    text = next;
  },
};
