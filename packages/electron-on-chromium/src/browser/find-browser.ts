import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** `headless-shell` has no window of its own; `full` shows a person's window on a display. */
export type BrowserKind = 'full' | 'headless-shell';

export interface FoundBrowser {
  readonly executable: string;
  readonly kind: BrowserKind;
}

/** No Chromium was found; the message says what to install or set. */
export class BrowserNotFoundError extends Error {
  override readonly name = 'BrowserNotFoundError';
  readonly code = 'ELECTRON_ON_CHROMIUM_BROWSER_NOT_FOUND';
  constructor(readonly wanted: BrowserKind) {
    super(
      wanted === 'full'
        ? 'No Chromium or Google Chrome was found: install one, or set ELECTRON_ON_CHROMIUM_BROWSER to its executable.'
        : 'No Chromium was found: install chromium or chromium-headless-shell, or set ELECTRON_ON_CHROMIUM_BROWSER to an executable.',
    );
  }
}

/** The environment variable that names the executable by force, for both kinds. */
export const browserVariable = 'ELECTRON_ON_CHROMIUM_BROWSER';

interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isExecutable: (path: string) => boolean;
}

const thisMachine: Machine = { platform: process.platform, env: process.env, isExecutable };

/**
 * Which Chromium would be used: for `headless-shell` the shell if it is there, else a full Chromium started headless.
 * Throws {@link BrowserNotFoundError} when there is none.
 */
export function findBrowser(wanted: BrowserKind, machine: Machine = thisMachine): FoundBrowser {
  const forced = machine.env[browserVariable];
  if (forced !== undefined && forced !== '') {
    if (!machine.isExecutable(forced)) throw new BrowserNotFoundError(wanted);
    return { executable: forced, kind: /headless[-_]shell/.test(forced) ? 'headless-shell' : 'full' };
  }
  if (wanted === 'headless-shell') {
    const shell = first(candidates(machine, shellNames, shellPaths), machine);
    if (shell !== undefined) return { executable: shell, kind: 'headless-shell' };
  }
  const full = first(candidates(machine, fullNames, fullPaths), machine);
  if (full !== undefined) return { executable: full, kind: 'full' };
  throw new BrowserNotFoundError(wanted);
}

const shellNames = ['chromium-headless-shell', 'chrome-headless-shell', 'headless_shell'];
const fullNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** Debian's command is a shell script around this file; started directly there is one process less to end. */
const shellPaths: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['/usr/lib/chromium/chromium-headless-shell'],
};

const fullPaths: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['/opt/google/chrome/chrome', '/snap/bin/chromium'],
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'Google\\Chrome\\Application\\chrome.exe',
    'Chromium\\Application\\chrome.exe',
    'Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

function candidates(
  { platform, env }: Machine,
  names: readonly string[],
  paths: Partial<Record<NodeJS.Platform, readonly string[]>>,
): string[] {
  const known = paths[platform] ?? [];
  if (platform === 'win32') {
    const roots = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']];
    return roots.flatMap((root) => (root === undefined ? [] : known.map((path) => join(root, path))));
  }
  const onPath = (env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => names.map((name) => join(folder, name)));
  const byName = names.flatMap((name) => onPath.filter((path) => path.endsWith(`/${name}`)));
  return [...known.filter((path) => path.startsWith('/usr/lib/')), ...byName, ...known];
}

function first(paths: readonly string[], machine: Machine): string | undefined {
  return paths.find((path) => machine.isExecutable(path));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return existsSync(path);
  } catch {
    return false;
  }
}
