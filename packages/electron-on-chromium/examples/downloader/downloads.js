import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { join, parse } from 'node:path';

/** The downloads since the start. Emits `changed` with what there is to show of one: id, name, state, received and total bytes. */
export class Downloads extends EventEmitter {
  #items = new Map();
  #lastId = 0;

  /** Takes a download on, to be called in `will-download`. A file of the same name is kept. */
  add(item, folder) {
    const id = ++this.#lastId;
    this.#items.set(id, item);
    item.setSavePath(this.#freePath(folder, item.getFilename()));
    const tell = (state) => this.emit('changed', this.#shown(id, item, state));
    item.on('updated', (_event, state) => tell(state));
    item.once('done', (_event, state) => tell(state));
    tell(item.getState());
  }

  get running() {
    return [...this.#items.values()].filter((item) => item.getState() === 'progressing').length;
  }

  cancel(id) {
    this.#items.get(id)?.cancel();
  }

  cancelAll() {
    for (const item of this.#items.values()) item.cancel();
  }

  pathOf(id) {
    return this.#items.get(id)?.getSavePath() ?? '';
  }

  #shown(id, item, state) {
    return {
      id,
      name: parse(item.getSavePath()).base,
      state,
      received: item.getReceivedBytes(),
      total: item.getTotalBytes(),
    };
  }

  #freePath(folder, fileName) {
    const taken = new Set([...this.#items.values()].map((item) => item.getSavePath()));
    const { name, ext } = parse(fileName);
    let path = join(folder, fileName);
    for (let number = 2; existsSync(path) || taken.has(path); number += 1)
      path = join(folder, `${name} (${number})${ext}`);
    return path;
  }
}
