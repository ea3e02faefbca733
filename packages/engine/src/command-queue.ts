/**
 * Runs tasks one after another, so that each sees what the one before has done. A task that fails fails its own caller only.
 */
export class CommandQueue {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Resolves once everything that was asked for until now has run, and what that asked for in turn. */
  async idle(): Promise<void> {
    for (let last: unknown = null; last !== this.#last;) {
      last = this.#last;
      await last;
    }
  }
}
