import { join, sep } from 'node:path';

/**
 * Where the built parts lie, seen from `dist/main`. What the log is made of is packed beside the archive, not into it: a worker
 * thread and PGlite's own file reading must not depend on Electron's way of seeing into an asar.
 */
export function builtPlaces(main: string) {
  const log = join(main, '../log').replace(`app.asar${sep}`, `app.asar.unpacked${sep}`);
  return {
    preload: join(main, '../preload/index.cjs'),
    renderer: join(main, '../renderer'),
    logWorker: join(log, 'worker.js'),
    logTemplate: join(log, 'template.tar.gz'),
  };
}

/** Where everything is kept below Electron's `userData`. */
export function keptPlaces(userData: string) {
  return { log: join(userData, 'log'), backups: join(userData, 'backups'), vault: join(userData, 'vault') };
}
