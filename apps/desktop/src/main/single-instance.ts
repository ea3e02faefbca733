import type { App } from 'electron';

/**
 * Makes this the only run on its data directory (security row 21). Where another one has it already, says so on stderr, ends
 * this run with code 1 and answers false; the other one hears `onSecond`.
 */
export function becomeOnlyInstance(app: App, onSecond: () => void): boolean {
  if (!app.requestSingleInstanceLock()) {
    process.stderr.write(
      `Retrace is already running with the data in ${app.getPath('userData')}. Its window has been brought to the front.\n`,
    );
    app.exit(1);
    return false;
  }
  app.on('second-instance', onSecond);
  return true;
}
