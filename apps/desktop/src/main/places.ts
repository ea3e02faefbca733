import { join } from 'node:path';

/** Where the built parts lie, seen from `dist/main`. */
export function builtPlaces(main: string) {
  return {
    preload: join(main, '../preload/index.cjs'),
    renderer: join(main, '../renderer'),
    logWorker: join(main, 'log-worker.js'),
    logTemplate: join(main, '../template.tar.gz'),
  };
}

/** Where everything is kept below Electron's `userData`. */
export function keptPlaces(userData: string) {
  return { log: join(userData, 'log'), vault: join(userData, 'vault') };
}
