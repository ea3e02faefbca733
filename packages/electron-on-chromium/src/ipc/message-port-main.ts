import { EventEmitter } from 'node:events';
import { decode, encode } from './clone-codec.ts';
import { PortEnd } from './port-end.ts';

/** One end of a channel, in the main process. Messages wait until {@link start}. */
export class MessagePortMain extends EventEmitter {
  #end: PortEnd | undefined;

  /** Made by `MessageChannelMain`, or for a port that a page has moved here. */
  constructor(end: PortEnd) {
    super();
    this.#end = end;
    end.onClosed(() => this.emit('close'));
  }

  /** Throws for what structured clone refuses, and for ports that cannot be moved. */
  postMessage(message: unknown, transfer: readonly MessagePortMain[] = []): void {
    const data = encode(message);
    this.#end?.post({ data, ports: MessagePortMain.take(transfer, this) });
  }

  start(): void {
    this.#end?.receive(({ data, ports }) =>
      this.emit('message', { data: decode(data), ports: ports.map((end) => new MessagePortMain(end)) }),
    );
  }

  /** The other end hears of it. */
  close(): void {
    this.#end?.close();
  }

  /** For the runtime only: moves ports away; they can be used no more. `via` is the port that they are sent over. */
  static take(ports: readonly MessagePortMain[], via?: MessagePortMain): PortEnd[] {
    // JavaScript can pass anything.
    const given: readonly unknown[] = ports;
    given.forEach((port, index) => {
      if (!(port instanceof MessagePortMain))
        throw new TypeError(`Port at index ${index} is not a valid port`);
      if (port === via) throw new Error(`Port at index ${index} contains the source port.`);
      if (!port.#end) throw new Error(`Port at index ${index} is already neutered.`);
      if (given.indexOf(port) !== index)
        throw new Error(`Port at index ${index} is a duplicate of an earlier port.`);
    });
    return ports.flatMap((port) => {
      const end = port.#end;
      port.#end = undefined;
      end?.letGo();
      return end ?? [];
    });
  }
}

/** A pair of ports that hear each other. */
export class MessageChannelMain {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;

  constructor() {
    const [one, two] = PortEnd.pair();
    this.port1 = new MessagePortMain(one);
    this.port2 = new MessagePortMain(two);
  }
}
