import type { BrowserProcess } from './browser-process.ts';

const live = new Set<BrowserProcess>();
const listeners = new Set<(process: BrowserProcess) => void>();

export function registerProcess(process: BrowserProcess): void {
  live.add(process);
  void process.exited.then(() => live.delete(process));
  for (const listener of [...listeners]) listener(process);
}

/** The Chromium processes of this app, oldest first. */
export function liveProcesses(): BrowserProcess[] {
  return [...live];
}

/** Returns what removes the listener. */
export function onProcessStarted(listener: (process: BrowserProcess) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
