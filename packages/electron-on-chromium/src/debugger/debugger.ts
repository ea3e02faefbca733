import { EventEmitter } from 'node:events';
import type { CdpSession } from '../cdp/session.ts';
import { ElectronEvent } from '../electron-event.ts';

/** What the debugger needs of its web contents. */
export interface DebuggerHost {
  readonly ready: Promise<unknown>;
  /** A further session on the page, which shares nothing with the runtime's own. */
  openSession(): Promise<CdpSession>;
}

/** `webContents.debugger`: Chromium's own protocol, one session of it for each `attach`. */
export class Debugger extends EventEmitter {
  readonly #host: DebuggerHost;
  #session: Promise<CdpSession> | undefined;

  constructor(host: DebuggerHost) {
    super();
    this.#host = host;
  }

  /** Throws when attached already. The version that Electron takes is not looked at: there is one only. */
  attach(): void {
    if (this.#session) throw new Error('Debugger is already attached to the target');
    const opening = this.#host.ready.then(() => this.#host.openSession());
    this.#session = opening;
    opening.then(
      (session) => {
        if (this.#session !== opening) {
          void detach(session);
          return;
        }
        session.onAny((method, params) => this.emit('message', new ElectronEvent(), method, params, ''));
        void session.detached.then(() => this.#ended(opening, 'target closed'));
      },
      () => this.#ended(opening, 'target closed'),
    );
  }

  isAttached(): boolean {
    return this.#session !== undefined;
  }

  detach(): void {
    const session = this.#session;
    if (!session) return;
    this.#session = undefined;
    // Whoever could not be attached to needs no detaching.
    session.then(detach, () => undefined);
    this.emit('detach', new ElectronEvent(), 'target closed');
  }

  /** Refused with Chromium's own message, and when nothing is attached. Child sessions are reached through `sessionId`. */
  async sendCommand(method: string, commandParams: unknown = {}, sessionId = ''): Promise<unknown> {
    if (!this.#session) throw new Error('No target available');
    const session = await this.#session;
    return (sessionId === '' ? session : session.child(sessionId)).sendUntyped(method, commandParams);
  }

  #ended(session: Promise<CdpSession>, reason: string): void {
    if (this.#session !== session) return;
    this.#session = undefined;
    this.emit('detach', new ElectronEvent(), reason);
  }
}

async function detach(session: CdpSession): Promise<void> {
  // The page may have gone first, which ends the session as well.
  await session.send('Target.detachFromTarget', {}).catch(() => undefined);
}
