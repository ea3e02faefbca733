import type { BrowserProcess } from './browser-process.ts';
import type { Targets } from './targets.ts';

export interface RunningProcess {
  readonly process: BrowserProcess;
  readonly targets: Targets;
}

/** The right to use a partition's Chromium. While one is held, its process lives. */
export interface Lease extends RunningProcess {
  /** Set for a partition in memory, which is a context of a shared process. */
  readonly browserContextId: string | undefined;
  /** Settles when the lease is given back and, if it was the last, the profile is on disk. */
  release(): Promise<void>;
}

/** Where the storage of one session lives. */
export interface PartitionHost {
  lease(): Promise<Lease>;
}

/**
 * A partition with a profile directory of its own: its Chromium starts with the first lease and ends with the last, after
 * it has written the profile. A lease asked for meanwhile waits, because two processes must not share a profile.
 */
export class ProcessHost implements PartitionHost {
  readonly #start: () => Promise<RunningProcess>;
  #running: Promise<RunningProcess> | undefined;
  #closing: Promise<void> = Promise.resolve();
  #leases = 0;

  constructor(start: () => Promise<RunningProcess>) {
    this.#start = start;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  async lease(): Promise<Lease> {
    this.#leases += 1;
    try {
      this.#running ??= this.#closing.then(this.#start);
      const running = this.#running;
      const { process, targets } = await running;
      // A process that died by itself is not reused.
      void process.exited.then(() => {
        if (this.#running === running) this.#running = undefined;
      });
      let released: Promise<void> | undefined;
      return {
        process,
        targets,
        browserContextId: undefined,
        release: () => (released ??= this.#release()),
      };
    } catch (error) {
      this.#running = undefined;
      this.#leases -= 1;
      throw error;
    }
  }

  async #release(): Promise<void> {
    this.#leases -= 1;
    const running = this.#running;
    if (this.#leases > 0 || !running) return;
    this.#running = undefined;
    this.#closing = running.then(({ process }) => process.close());
    await this.#closing;
  }
}

/** A partition in memory: a context inside the process of another host, made with the first lease, gone when that process ends. */
export class ContextHost implements PartitionHost {
  readonly #outer: PartitionHost;
  /** What the context is made with; undefined is the process's. */
  proxy: { readonly server: string; readonly bypass: string } | undefined;
  #context: { readonly process: BrowserProcess; readonly id: Promise<string> } | undefined;

  constructor(outer: PartitionHost) {
    this.#outer = outer;
  }

  get isRunning(): boolean {
    return this.#context !== undefined;
  }

  async lease(): Promise<Lease> {
    const lease = await this.#outer.lease();
    if (this.#context?.process !== lease.process) {
      const created = lease.process.browser.send(
        'Target.createBrowserContext',
        this.proxy ? { proxyServer: this.proxy.server, proxyBypassList: this.proxy.bypass } : {},
      );
      this.#context = {
        process: lease.process,
        id: created.then(({ browserContextId }) => browserContextId),
      };
    }
    return { ...lease, browserContextId: await this.#context.id, release: () => lease.release() };
  }
}
