import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

type PathName =
  | 'home'
  | 'appData'
  | 'userData'
  | 'sessionData'
  | 'temp'
  | 'exe'
  | 'module'
  | 'desktop'
  | 'documents'
  | 'downloads'
  | 'music'
  | 'pictures'
  | 'videos'
  | 'logs'
  | 'crashDumps'
  | 'assets'
  | 'recent';

/** Electron's well-known folders. */
export class AppPaths {
  readonly #set = new Map<string, string>();
  readonly #appName: () => string;

  constructor(appName: () => string) {
    this.#appName = appName;
  }

  get(name: string): string {
    const path = this.#set.get(name) ?? this.#standard(name as PathName);
    // Electron makes the folder of the app's own data when it is asked for.
    if (name === 'userData' || name === 'sessionData' || name === 'logs')
      mkdirSync(path, { recursive: true });
    return path;
  }

  set(name: string, path: string): void {
    if (!isAbsolute(path)) throw new Error('Path must be absolute');
    this.#standard(name as PathName);
    this.#set.set(name, path);
  }

  #standard(name: PathName): string {
    const home = homedir();
    switch (name) {
      case 'home':
        return home;
      case 'appData':
        return appData(home);
      case 'userData':
        return join(this.get('appData'), this.#appName());
      case 'sessionData':
        return this.#set.get('userData') ?? this.#standard('userData');
      case 'temp':
        return tmpdir();
      case 'exe':
      case 'module':
        return fileURLToPath(new URL('../bin/electron', import.meta.url));
      case 'desktop':
      case 'documents':
      case 'downloads':
      case 'music':
      case 'pictures':
      case 'videos':
        return join(home, name.charAt(0).toUpperCase() + name.slice(1));
      case 'logs':
        return process.platform === 'darwin'
          ? join(home, 'Library', 'Logs', this.#appName())
          : join(this.get('userData'), 'logs');
      case 'crashDumps':
        return join(this.get('userData'), 'Crashpad');
      case 'assets':
      case 'recent':
        break;
    }
    throw new Error(`Failed to get '${name}' path`);
  }
}

function appData(home: string): string {
  switch (process.platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support');
    case 'win32':
      return process.env['APPDATA'] ?? join(home, 'AppData', 'Roaming');
    default:
      return process.env['XDG_CONFIG_HOME'] ?? join(home, '.config');
  }
}
