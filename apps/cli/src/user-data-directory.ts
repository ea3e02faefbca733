import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The name that Electron makes the folder's from: the desktop application's `productName`. */
const APPLICATION = 'Retrace';

/** Where the desktop application keeps its data unless it is told otherwise: Electron's `userData`, on each system. */
export function defaultUserDataDirectory(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): string {
  switch (platform) {
    case 'darwin':
      return join(home, 'Library/Application Support', APPLICATION);
    case 'win32':
      return join(environment['APPDATA'] ?? join(home, 'AppData/Roaming'), APPLICATION);
    default:
      return join(environment['XDG_CONFIG_HOME'] ?? join(home, '.config'), APPLICATION);
  }
}

/** Where a data directory keeps its log. */
export function logDirectoryOf(userDataDirectory: string): string {
  return resolve(userDataDirectory, 'log');
}

/** Where the application keeps the backups of that log, and no others. */
export function backupDirectoryOf(userDataDirectory: string): string {
  return resolve(userDataDirectory, 'backups');
}
