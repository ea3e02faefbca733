import { beforeEach, describe, expect, it } from '@jest/globals';
import { EventEmitter } from 'node:events';
import type { App, BrowserWindow } from 'electron';
import { quitInOrder } from './lifecycle.ts';

/** Quits like Electron: asks `before-quit`, then closes the window, then is gone, unless one of them prevents it. */
class FakeApp extends EventEmitter {
  readonly said: string[] = [];
  readonly window = Object.assign(new EventEmitter(), { hide: () => this.said.push('window hidden') });

  quit(): void {
    if (this.#prevents(this, 'before-quit') || this.#prevents(this.window, 'close')) return;
    this.said.push('gone');
  }

  closeWindow(): void {
    if (!this.#prevents(this.window, 'close')) this.emit('window-all-closed');
  }

  #prevents(emitter: EventEmitter, name: string): boolean {
    let prevented = false;
    emitter.emit(name, {
      preventDefault: () => {
        prevented = true;
      },
    });
    return prevented;
  }
}

let app: FakeApp;
let finish: () => void;
beforeEach(() => {
  app = new FakeApp();
  const ended = new Promise<void>((resolve) => {
    finish = () => {
      app.said.push('shut down');
      resolve();
    };
  });
  // Only events, `quit` and `hide` are used.
  quitInOrder(app as unknown as App, app.window as unknown as BrowserWindow, () => {
    app.said.push('shutting down');
    return ended;
  });
});

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('quitInOrder', () => {
  it('is gone only after everything is shut down', async () => {
    app.quit();
    await settled();
    expect(app.said).toEqual(['shutting down']);
    finish();
    await settled();
    expect(app.said).toEqual(['shutting down', 'shut down', 'gone']);
  });

  it('shuts down once, however often it is asked', async () => {
    app.quit();
    app.quit();
    app.closeWindow();
    finish();
    await settled();
    expect(app.said.filter((what) => what === 'shutting down')).toHaveLength(1);
    expect(app.said.at(-1)).toBe('gone');
  });

  it('keeps the window, hidden, until the views in it are closed', async () => {
    app.closeWindow();
    await settled();
    expect(app.said).toEqual(['window hidden', 'shutting down']);
    finish();
    await settled();
    expect(app.said.at(-1)).toBe('gone');
  });
});
