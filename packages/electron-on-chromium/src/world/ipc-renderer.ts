// With the slash it is the package for browsers; without, Node's own module.
import { EventEmitter } from 'events/';
import { decode, encode } from '../ipc/clone-codec.ts';
import { type FromRenderer, receiverName, syncOrigin, type SyncMessage, type ToRenderer } from './names.ts';
import { RendererPorts } from './renderer-ports.ts';

interface Call {
  readonly channel: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** `ipcRenderer` of the preload world. `post` sends to the main process; `syncPath` is where what waits for its answer is sent. */
export function createIpcRenderer(post: (message: FromRenderer) => void, syncPath: string): EventEmitter {
  const calls = new Map<number, Call>();
  const ports = new RendererPorts(post);
  let lastId = 0;

  const ipcRenderer = Object.assign(new EventEmitter(), {
    send(channel: string, ...args: unknown[]): void {
      post({ kind: 'send', channel, args: encode(args) });
    },
    postMessage(channel: string, message: unknown, transfer: readonly MessagePort[] = []): void {
      post({ kind: 'post', channel, message: encode(message), ports: ports.moveOut(transfer) });
    },
    sendSync(channel: string, ...args: unknown[]): unknown {
      const message: SyncMessage = { channel, args: encode(args) };
      const request = new XMLHttpRequest();
      request.open(
        'POST',
        (/^https?:$/.test(location.protocol) ? location.origin : syncOrigin) + syncPath,
        false,
      );
      request.send(JSON.stringify(message));
      return decode(request.responseText);
    },
    // Async, so that what cannot be cloned is a rejection, as in Electron.
    async invoke(channel: string, ...args: unknown[]): Promise<unknown> {
      const id = ++lastId;
      const message: FromRenderer = { kind: 'invoke', id, channel, args: encode(args) };
      return new Promise((resolve, reject) => {
        calls.set(id, { resolve, reject, channel });
        post(message);
      });
    },
  });

  const receive = (message: ToRenderer): void => {
    switch (message.kind) {
      case 'message': {
        const event = { sender: ipcRenderer, senderId: 0, ports: ports.moveIn(message.ports) };
        try {
          ipcRenderer.emit(message.channel, event, ...(decode(message.args) as unknown[]));
        } catch (error) {
          // An error of a listener belongs on the page's console: nobody waits for what it returns.
          reportError(error);
        }
        return;
      }
      case 'port-message':
      case 'port-close':
        ports.hear(message);
        return;
      case 'answer':
      case 'refusal': {
        const call = calls.get(message.id);
        calls.delete(message.id);
        if (message.kind === 'answer') call?.resolve(decode(message.value));
        else call?.reject(new Error(`Error invoking remote method '${call.channel}': ${message.error}`));
      }
    }
  };
  Object.defineProperty(globalThis, receiverName, { value: receive, enumerable: false });
  return ipcRenderer;
}
