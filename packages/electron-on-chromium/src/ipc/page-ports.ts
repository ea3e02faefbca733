import type { WebFrameMain } from '../web-contents/web-frame-main.ts';
import type { PortClose, PortMessage } from '../world/names.ts';
import { PortEnd } from './port-end.ts';

/** Says something to the preload world of a document. */
type Tell = (frame: WebFrameMain, message: PortMessage | PortClose) => void;

/** The ports that the documents of one page hold: the page's `MessagePort` and the end here hear each other over the IPC. */
export class PagePorts {
  readonly #tell: Tell;
  readonly #held = new Map<WebFrameMain, Map<number, PortEnd>>();
  #lastId = 0;

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  /** Moves ends into a document. Answers the numbers that it finds them by. */
  give(frame: WebFrameMain, ends: readonly PortEnd[]): number[] {
    return ends.map((end) => {
      const id = ++this.#lastId;
      this.#hold(frame, id, end);
      return id;
    });
  }

  /** The other ends of ports that a document has moved here under these numbers. */
  take(frame: WebFrameMain, ids: readonly number[]): PortEnd[] {
    return ids.map((id) => {
      const [theirs, ours] = PortEnd.pair();
      this.#hold(frame, id, theirs);
      return ours;
    });
  }

  hear(frame: WebFrameMain, message: PortMessage | PortClose): void {
    const end = this.#held.get(frame)?.get(message.id);
    if (message.kind === 'port-message')
      end?.post({ data: message.data, ports: this.take(frame, message.ports) });
    else end?.close();
  }

  /** Closes the ports of documents that have gone. */
  closeDetached(): void {
    for (const [frame, ends] of this.#held) {
      if (!frame.detached) continue;
      this.#held.delete(frame);
      for (const end of ends.values()) end.close();
    }
  }

  /** The page itself has gone. */
  closeAll(): void {
    for (const ends of this.#held.values()) for (const end of ends.values()) end.close();
    this.#held.clear();
  }

  #hold(frame: WebFrameMain, id: number, end: PortEnd): void {
    const ends = this.#held.get(frame) ?? new Map<number, PortEnd>();
    this.#held.set(frame, ends.set(id, end));
    end.receive(({ data, ports }) =>
      this.#tell(frame, { kind: 'port-message', id, data, ports: this.give(frame, ports) }),
    );
    end.onClosed(() => {
      ends.delete(id);
      this.#tell(frame, { kind: 'port-close', id });
    });
  }
}
