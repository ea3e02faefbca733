import type { BaseWindow } from './base-window.ts';

const live = new Set<BaseWindow>();
const refusalListeners = new Set<(window: BaseWindow) => void>();
const listeners = new Set<(window: BaseWindow) => void>();

/** The windows that are open, oldest first. */
export const windows = {
  all: (): BaseWindow[] => [...live],
  add: (window: BaseWindow): void => {
    live.add(window);
    for (const listener of [...listeners]) listener(window);
  },
  remove: (window: BaseWindow): void => {
    live.delete(window);
  },
  /** The app or the page keeps the window open although it was asked to close. */
  refusedToClose: (window: BaseWindow): void => {
    for (const listener of [...refusalListeners]) listener(window);
  },
};

/** For `app`, which announces every new window. */
export function onWindowCreated(listener: (window: BaseWindow) => void): void {
  listeners.add(listener);
}

/** For `app`, which then does not quit. */
export function onCloseRefused(listener: (window: BaseWindow) => void): void {
  refusalListeners.add(listener);
}
