import type { WorldConfig } from './names.ts';
import { WorldLink } from './world-link.ts';

/** Runs in the page's own world before the page's first script: receives what `contextBridge` exposes. */
export function install({ channel }: Pick<WorldConfig, 'channel'>): void {
  if (window !== window.top) return;
  new WorldLink(channel, 'main', (key, value) => {
    if (key in window)
      throw new Error('Cannot bind an API on top of an existing property on the window object');
    Object.defineProperty(window, key, {
      value: deepFreeze(value),
      enumerable: true,
      configurable: false,
      writable: false,
    });
  });
}

function deepFreeze(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value))
    return value;
  Object.freeze(value);
  for (const entry of Object.values(value)) deepFreeze(entry);
  return value;
}
