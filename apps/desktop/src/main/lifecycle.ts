import type { App, BrowserWindow } from 'electron';

/**
 * Ends the application in order: whatever makes it quit, `shutDown` runs once to its end, and only then does Electron quit.
 * Closing the last window quits on every platform: a browser without a window has nothing to show.
 *
 * @param shutDown never rejects; it says itself what went wrong.
 */
export function quitInOrder(app: App, window: BrowserWindow, shutDown: () => Promise<void>): void {
  let state: 'running' | 'closing' | 'closed' = 'running';
  app.on('before-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    void shutDown().then(() => {
      state = 'closed';
      app.quit();
    });
  });
  // The views live in the window: it stays, hidden, until they have been kept and closed.
  window.on('close', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    window.hide();
    app.quit();
  });
  app.on('window-all-closed', () => app.quit());
}
