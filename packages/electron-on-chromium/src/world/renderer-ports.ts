/// <reference lib="dom" />
import { decode, encode } from '../ipc/clone-codec.ts';
import type { PortClose, PortMessage } from './names.ts';

/** The page's side of the ports that it shares with the main process. */
export class RendererPorts {
  readonly #post: (message: PortMessage | PortClose) => void;
  readonly #ports = new Map<number, MessagePort>();
  #lastId = 0;

  constructor(post: (message: PortMessage | PortClose) => void) {
    this.#post = post;
  }

  /** Ports of the page go to the main process. Answers the numbers that it knows them by. */
  moveOut(ports: readonly MessagePort[]): number[] {
    return ports.map((port) => {
      const id = --this.#lastId;
      this.#carry(id, port);
      return id;
    });
  }

  /** Ports that the main process has moved here. */
  moveIn(ids: readonly number[]): MessagePort[] {
    return ids.map((id) => {
      const { port1, port2 } = new MessageChannel();
      this.#carry(id, port1);
      return port2;
    });
  }

  hear(message: PortMessage | PortClose): void {
    const port = this.#ports.get(message.id);
    if (message.kind === 'port-message') port?.postMessage(decode(message.data), this.moveIn(message.ports));
    else {
      this.#ports.delete(message.id);
      port?.close();
    }
  }

  #carry(id: number, port: MessagePort): void {
    this.#ports.set(id, port);
    port.onmessage = ({ data, ports }: MessageEvent) =>
      this.#post({ kind: 'port-message', id, data: encode(data), ports: this.moveOut(ports) });
    port.addEventListener('close', () => {
      if (this.#ports.delete(id)) this.#post({ kind: 'port-close', id });
    });
  }
}
