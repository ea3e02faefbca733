/** What goes over a port: `data` is written by the clone codec, `ports` are moved with it. */
export interface Parcel {
  readonly data: string;
  readonly ports: readonly PortEnd[];
}

/**
 * One end of a message channel, whoever holds it: a port of the main process or one of a page. It can be handed on; what nobody
 * has received yet goes with it.
 */
export class PortEnd {
  #peer: PortEnd | undefined;
  #receiver: ((parcel: Parcel) => void) | undefined;
  #closed: (() => void) | undefined;
  #waiting: Parcel[] = [];

  static pair(): [PortEnd, PortEnd] {
    const [one, two] = [new PortEnd(), new PortEnd()];
    one.#peer = two;
    two.#peer = one;
    return [one, two];
  }

  /** Nothing happens when the channel is closed, as in a page. */
  post(parcel: Parcel): void {
    const peer = this.#peer;
    if (!peer) return;
    peer.#waiting.push(parcel);
    peer.#hand();
  }

  /** From now on `receiver` gets what comes, beginning with what has waited. */
  receive(receiver: (parcel: Parcel) => void): void {
    this.#receiver = receiver;
    this.#hand();
  }

  /** `listener` hears that the other end has been closed, or this one. */
  onClosed(listener: () => void): void {
    this.#closed = listener;
  }

  /** Its holder gives it away. */
  letGo(): void {
    this.#receiver = undefined;
    this.#closed = undefined;
  }

  close(): void {
    const peer = this.#peer;
    if (!peer) return;
    this.#peer = undefined;
    peer.#peer = undefined;
    for (const end of [this, peer]) setImmediate(() => end.#closed?.());
  }

  /** A message is never received while it is being sent. */
  #hand(): void {
    setImmediate(() => {
      while (this.#receiver) {
        const parcel = this.#waiting.shift();
        if (!parcel) return;
        this.#receiver(parcel);
      }
    });
  }
}
