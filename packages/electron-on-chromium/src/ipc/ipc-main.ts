import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';

type Handler = (event: Electron.IpcMainInvokeEvent, ...args: never[]) => unknown;

/** `ipcMain`, and the `ipc` of one web contents or one frame. */
export class IpcMain
  extends EventEmitter
  implements Pick<Electron.IpcMain, 'handle' | 'handleOnce' | 'removeHandler'>
{
  readonly #handlers = new Map<string, Handler>();

  handle(channel: string, listener: Handler): void {
    if (this.#handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    if (typeof listener !== 'function') {
      throw new Error(`Expected handler to be a function, but found type '${typeof listener}'`);
    }
    this.#handlers.set(channel, listener);
  }

  handleOnce(channel: string, listener: Handler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel);
      return listener(event, ...args);
    });
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  /** Internal: the handler that answers `channel`. */
  handlerOf(channel: string): Handler | undefined {
    return this.#handlers.get(channel);
  }
}

/** The application-wide one. */
export const ipcMain = new IpcMain();

/** What `ipcRenderer.invoke` gets: the first scope that has a handler answers. Rejects with what the handler threw. */
export async function invoke(
  scopes: readonly IpcMain[],
  event: Electron.IpcMainInvokeEvent,
  channel: string,
  args: readonly unknown[],
): Promise<unknown> {
  const handler = scopes.map((scope) => scope.handlerOf(channel)).find((found) => found !== undefined);
  if (!handler) throw new Error(`No handler registered for '${channel}'`);
  try {
    return await handler(event, ...(args as never[]));
  } catch (error) {
    // Electron prints it too: what reaches the page is the message only.
    console.error(`Error occurred in handler for '${channel}':`, error);
    throw error;
  }
}
