/**
 * Keeps a page's events in the order in which they happened when one of them has to ask Chromium something before it can be
 * told. While nothing waits, events are told at once.
 */
export class EventOrder {
  #waiting = 0;
  #last: Promise<void> = Promise.resolve();

  run(task: () => void | Promise<void>): void {
    if (this.#waiting === 0) {
      const result = task();
      if (result) this.#append(result);
    } else {
      this.#append(this.#last.then(task));
    }
  }

  #append(task: Promise<void>): void {
    this.#waiting += 1;
    this.#last = task.finally(() => (this.#waiting -= 1));
  }
}
