import type * as Electron from 'electron';
import { eventWith } from '../electron-event.ts';
import { invoke, IpcMain, ipcMain } from '../ipc/ipc-main.ts';
import type { MessagePortMain } from '../ipc/message-port-main.ts';
import type { WebFrameMain } from './web-frame-main.ts';

type IpcEvent = Electron.IpcMainEvent & Electron.IpcMainInvokeEvent;

/** What this needs of its web contents. */
export interface IpcHost {
  readonly id: number;
  emit(event: string, ...args: unknown[]): boolean;
}

/** Messages from the preload scripts of one web contents, told to the frame, then to the contents, then to the whole app. */
export class ContentsIpc {
  /** `webContents.ipc`. */
  readonly scope = new IpcMain();
  readonly #contents: IpcHost;

  constructor(contents: IpcHost) {
    this.#contents = contents;
  }

  onSend(
    frame: WebFrameMain,
    channel: string,
    args: readonly unknown[],
    ports: readonly MessagePortMain[],
  ): void {
    const event = this.#event(frame, { ports });
    this.#contents.emit('ipc-message', event, channel, ...args);
    for (const scope of this.#scopes(frame)) scope.emit(channel, event, ...args);
  }

  onSendSync(
    frame: WebFrameMain,
    channel: string,
    args: readonly unknown[],
    answer: (value: unknown) => void,
  ): void {
    let answered = false;
    const reply = (value: unknown): void => {
      if (answered) return;
      answered = true;
      answer(value);
    };
    const event = this.#event(frame, {
      ports: [],
      get returnValue(): unknown {
        return undefined;
      },
      set returnValue(value: unknown) {
        reply(value);
      },
    });
    const heard = [
      this.#contents.emit('ipc-message-sync', event, channel, ...args),
      ...this.#scopes(frame).map((scope) => scope.emit(channel, event, ...args)),
    ];
    if (heard.includes(true)) return;
    // Electron's words.
    console.warn(
      `WebContents #${this.#contents.id} called ipcRenderer.sendSync() with '${channel}' channel without listeners.`,
    );
    reply(undefined);
  }

  onInvoke(frame: WebFrameMain, channel: string, args: readonly unknown[]): Promise<unknown> {
    return invoke(this.#scopes(frame), this.#event(frame, { ports: [] }), channel, args);
  }

  #scopes(frame: WebFrameMain): IpcMain[] {
    return [frame.ipc, this.scope, ipcMain];
  }

  #event(
    frame: WebFrameMain,
    further: { readonly ports: readonly MessagePortMain[]; returnValue?: unknown },
  ): IpcEvent {
    const event = eventWith({
      type: 'frame',
      sender: this.#contents,
      senderFrame: frame,
      frameId: frame.routingId,
      processId: frame.processId,
      frameTreeNodeId: frame.frameTreeNodeId,
      reply: (channel: string, ...args: unknown[]) => frame.send(channel, ...args),
    });
    // As descriptors: `returnValue` is a setter.
    Object.defineProperties(event, Object.getOwnPropertyDescriptors(further));
    // Electron's declaration of the event names Electron's own classes, for which this runtime's stand.
    return event as unknown as IpcEvent;
  }
}
