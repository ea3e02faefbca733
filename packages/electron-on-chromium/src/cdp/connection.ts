import type { Readable, Writable } from 'node:stream';
import { CdpClosedError, CdpError } from './errors.ts';
import { encodeFrame, FrameDecoder } from './framing.ts';
import { type CdpAnswer, CdpSession, type CdpTransport } from './session.ts';

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

interface Pending {
  readonly sessionId: string | undefined;
  readonly method: string;
  readonly settle: (answer: CdpAnswer) => void;
}

/** Chromium's DevTools protocol over the two pipes of `--remote-debugging-pipe`, with flattened sessions. */
export class CdpConnection implements CdpTransport {
  /** The browser itself. Its `detached` settles when the pipe closes, so when the process is gone. */
  readonly root: CdpSession;
  readonly #output: Writable;
  readonly #sessions = new Map<string, CdpSession>();
  readonly #pending = new Map<number, Pending>();
  readonly #decoder = new FrameDecoder();
  #lastId = 0;
  #closed = false;

  /** `output` is the process's file descriptor 3, `input` its 4. */
  constructor(output: Writable, input: Readable) {
    this.#output = output;
    this.root = new CdpSession(this, undefined);
    input.on('data', (chunk: Buffer) => {
      for (const text of this.#decoder.push(chunk)) this.#receive(JSON.parse(text) as Message);
    });
    input.on('close', () => {
      this.#close();
    });
    // A broken pipe is the process's death, which `close` reports; without a listener it would end this process too.
    input.on('error', () => {
      this.#close();
    });
    output.on('error', () => {
      this.#close();
    });
  }

  request(
    sessionId: string | undefined,
    method: string,
    params: unknown,
    settle: (answer: CdpAnswer) => void,
  ): void {
    if (this.#closed || (sessionId !== undefined && !this.#sessions.has(sessionId))) {
      settle({ ok: false, error: new CdpClosedError(method) });
      return;
    }
    const id = ++this.#lastId;
    this.#pending.set(id, { sessionId, method, settle });
    this.#output.write(
      encodeFrame({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }),
    );
  }

  session(sessionId: string): CdpSession {
    let session = this.#sessions.get(sessionId);
    if (!session) {
      session = new CdpSession(this, sessionId);
      if (this.#closed) session.end();
      else this.#sessions.set(sessionId, session);
    }
    return session;
  }

  #receive(message: Message): void {
    if (message.id !== undefined) {
      const pending = this.#pending.get(message.id);
      this.#pending.delete(message.id);
      pending?.settle(
        message.error
          ? { ok: false, error: new CdpError(pending.method, message.error.code, message.error.message) }
          : { ok: true, result: message.result },
      );
      return;
    }
    if (message.method === undefined) return;
    // A session exists from its announcement on, so no event that follows at once is lost.
    if (message.method === 'Target.attachedToTarget') this.session(sessionIdOf(message.params));
    const session = message.sessionId === undefined ? this.root : this.#sessions.get(message.sessionId);
    session?.deliver(message.method, message.params);
    if (message.method === 'Target.detachedFromTarget') this.#endSession(sessionIdOf(message.params));
  }

  #endSession(sessionId: string): void {
    const session = this.#sessions.get(sessionId);
    this.#sessions.delete(sessionId);
    for (const [id, pending] of this.#pending) {
      if (pending.sessionId !== sessionId) continue;
      this.#pending.delete(id);
      pending.settle({ ok: false, error: new CdpClosedError(pending.method) });
    }
    session?.end();
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const sessionId of [...this.#sessions.keys()]) this.#endSession(sessionId);
    for (const { method, settle } of this.#pending.values())
      settle({ ok: false, error: new CdpClosedError(method) });
    this.#pending.clear();
    this.root.end();
  }
}

/** Both events of the Target domain that open and end a session carry its id. */
function sessionIdOf(params: unknown): string {
  return (params as { readonly sessionId: string }).sessionId;
}
