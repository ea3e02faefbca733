import { register } from 'node:module';
import Module from 'node:module';
import type { ShimData } from './esm-hooks.ts';

/** The names under which an app asks for Electron. */
export const electronSpecifiers = ['electron', 'electron/main', 'electron/common'] as const;

/** Under which the one instance is found by the module that stands for `electron` in ES modules. */
const instanceKey = 'electron-on-chromium';

interface CommonJs {
  _resolveFilename(request: string, ...rest: unknown[]): string;
  _cache: Record<string, Module | undefined>;
}

/** From here on `import … from 'electron'` and `require('electron')` both give `electron`, the same object. */
export function installModuleHooks(electron: object): void {
  (globalThis as Record<symbol, unknown>)[Symbol.for(instanceKey)] = electron;
  const data: ShimData = { instanceKey, specifiers: [...electronSpecifiers], names: Object.keys(electron) };
  register(new URL('./esm-hooks.js', import.meta.url), { data });

  // Node has no public way to add a module to `require` in version 20; these two are what Electron itself overrides.
  const commonJs = Module as unknown as CommonJs;
  const filename = 'electron-on-chromium:electron';
  const standIn = new Module(filename);
  standIn.exports = electron;
  standIn.loaded = true;
  standIn.filename = filename;
  commonJs._cache[filename] = standIn;
  const resolve = commonJs._resolveFilename.bind(commonJs);
  commonJs._resolveFilename = (request, ...rest) =>
    (electronSpecifiers as readonly string[]).includes(request) ? filename : resolve(request, ...rest);
}
