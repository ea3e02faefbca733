/** The first argument of Electron's events: `preventDefault` is how a listener refuses what is about to happen. */
export class ElectronEvent {
  #prevented = false;

  get defaultPrevented(): boolean {
    return this.#prevented;
  }

  preventDefault(): void {
    this.#prevented = true;
  }
}

/** An event with the details that newer Electron events carry on the event itself. */
export function eventWith<D extends object>(details: D): ElectronEvent & D {
  return Object.assign(new ElectronEvent(), details);
}
