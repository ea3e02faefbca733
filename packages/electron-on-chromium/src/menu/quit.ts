let quit: (() => void) | undefined;

/** Called once by `app`, which imports the menu. */
export function onQuit(action: () => void): void {
  quit = action;
}

export function quitApp(): void {
  quit?.();
}
