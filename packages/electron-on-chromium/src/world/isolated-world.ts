// With the slash it is the package for browsers; without, Node's own module.
import { EventEmitter } from 'events/';
import { encode } from '../ipc/clone-codec.ts';
import { createIpcRenderer } from './ipc-renderer.ts';
import type { FromRenderer, WorldConfig } from './names.ts';
import { WorldLink } from './world-link.ts';

interface Module {
  exports: unknown;
}
/** A preload file, wrapped as CommonJS. */
type Preload = (
  require: (name: string) => unknown,
  module: Module,
  exports: unknown,
  process: object,
  global: object,
  setImmediate: (callback: (...args: unknown[]) => void, ...args: unknown[]) => unknown,
  clearImmediate: (handle: number) => void,
) => void;

/** Runs in the preload world: gives the preload scripts what sandboxed ones have in Electron. */
export function install(config: WorldConfig): (path: string, preload: Preload) => void {
  const post = (message: FromRenderer) => {
    (globalThis as unknown as Record<string, (text: string) => void>)[config.binding]?.(
      JSON.stringify(message),
    );
  };
  const ipcRenderer = named(createIpcRenderer(post, config.syncPath), 'ipcRenderer');
  const link = new WorldLink(config.channel, 'isolated');
  const contextBridge = {
    exposeInMainWorld: (key: string, api: unknown) => link.expose(key, api),
    executeInMainWorld: ({ func, args = [] }: { func: unknown; args?: readonly unknown[] }) =>
      link.execute(String(func), args),
  };
  const electron = named(
    { contextBridge: named(contextBridge, 'contextBridge'), ipcRenderer },
    'electron (in a preload)',
  );
  const modules: Readonly<Record<string, unknown>> = {
    electron,
    'electron/renderer': electron,
    'electron/common': electron,
    events: Object.assign(EventEmitter, { EventEmitter }),
    timers: { setTimeout, clearTimeout, setInterval, clearInterval },
    url: { URL, URLSearchParams },
  };
  const require = (name: string) => {
    const found = modules[name.replace(/^node:/, '')];
    if (found === undefined) throw new Error(`module not found: ${name}`);
    return found;
  };
  const process = Object.assign(new EventEmitter(), config.process, {
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
  });

  return (path, preload) => {
    const module: Module = { exports: {} };
    try {
      preload(
        require,
        module,
        module.exports,
        process,
        globalThis,
        (callback, ...args) => setTimeout(callback, 0, ...args),
        (handle) => clearTimeout(handle),
      );
    } catch (error) {
      console.error(`Unable to load preload script: ${path}`);
      console.error(error);
      post({
        kind: 'preload-error',
        path,
        error: encode(error instanceof Error ? error : new Error(String(error))),
      });
    }
  };
}

/** An object whose missing members are named instead of being undefined. */
function named<T extends object>(target: T, name: string): T {
  return new Proxy(target, {
    get(object, key, receiver) {
      // Symbols, and what the language asks of any object (a promise? a JSON form?), are not calls of the app.
      if (key in object || typeof key === 'symbol' || key === 'then' || key === 'toJSON') {
        return Reflect.get(object, key, receiver) as unknown;
      }
      throw new Error(
        `electron-on-chromium: ${name}.${key} is not supported here: SUPPORT.md of electron-on-chromium says what is.`,
      );
    },
  });
}
