import type { BaseWindow } from './base-window.ts';

const live = new Set<BaseWindow>();
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
};

/** For `app`, which announces every new window. */
export function onWindowCreated(listener: (window: BaseWindow) => void): void {
  listeners.add(listener);
}
