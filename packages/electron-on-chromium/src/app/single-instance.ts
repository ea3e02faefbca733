import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** What a second start tells the first. */
export interface SecondInstance {
  readonly argv: readonly string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
}

/** What the thread that holds the lock is asked. `outcome` becomes 1 for the lock, 2 for another owner. */
export interface LockRequest {
  readonly path: string;
  readonly second: SecondInstance;
  readonly outcome: Int32Array;
}

/** How long the first instance may take to answer, in milliseconds, before this one takes itself for the second. */
const patience = 10_000;

/** The right to be the only instance on one `userData` directory. It ends with the process, however that ends. */
export class SingleInstance {
  /** Started ahead, because an app asks early and then waits for the thread with everything else. */
  #ahead: Worker | undefined = startHolder();
  #holder: Worker | undefined;

  get isHeld(): boolean {
    return this.#holder !== undefined;
  }

  /** True when this is the first. Else the first was told `second`. Blocks until that is known, as Electron does. */
  acquire(userData: string, second: SecondInstance, onSecond: (second: SecondInstance) => void): boolean {
    if (this.#holder) return true;
    const outcome = new Int32Array(new SharedArrayBuffer(4));
    const holder = this.#ahead ?? startHolder();
    this.#ahead = undefined;
    holder.on('message', onSecond);
    // A listener would keep the app alive, and so would a message that waits.
    holder.unref();
    holder.postMessage({ path: socketPath(userData), second, outcome } satisfies LockRequest);
    Atomics.wait(outcome, 0, 0, patience);
    if (Atomics.load(outcome, 0) === 1) {
      this.#holder = holder;
      return true;
    }
    void holder.terminate();
    return false;
  }

  release(): void {
    void this.#holder?.terminate();
    this.#holder = undefined;
  }

  /** Ends the thread that was started ahead, where nothing has asked for the lock. */
  endUnused(): void {
    void this.#ahead?.terminate();
    this.#ahead = undefined;
  }
}

function startHolder(): Worker {
  const holder = new Worker(new URL('./single-instance-worker.js', import.meta.url));
  // The lock alone must not keep the app alive.
  holder.unref();
  return holder;
}

function socketPath(userData: string): string {
  const name = `electron-on-chromium-${createHash('sha256').update(userData).digest('hex').slice(0, 24)}`;
  switch (process.platform) {
    case 'linux':
      // An abstract socket: no file that a killed owner could leave behind.
      return `\0${name}`;
    case 'win32':
      return `\\\\.\\pipe\\${name}`;
    default:
      // The path of a socket is limited to about 100 bytes, so it cannot lie in a `userData` of any depth.
      return join(tmpdir(), `${name}.sock`);
  }
}
