import type { ProtocolMapping } from 'devtools-protocol/types/protocol-mapping.d.ts';

type Commands = ProtocolMapping.Commands;
type Events = ProtocolMapping.Events;

export type CdpMethod = keyof Commands;
export type CdpEvent = keyof Events;

/** What becomes of a command: Chromium's result, or a `CdpError` or `CdpClosedError`. */
export type CdpAnswer =
  { readonly ok: true; readonly result: unknown } | { readonly ok: false; readonly error: Error };

/** What a session needs of its connection. */
export interface CdpTransport {
  /** Calls `settle` once, in its turn among the events that came before and after the answer. */
  request(
    sessionId: string | undefined,
    method: string,
    params: unknown,
    settle: (answer: CdpAnswer) => void,
  ): void;
  session(sessionId: string): CdpSession;
}

type Listener = (params: unknown) => void;

/**
 * One flattened session: the browser itself, a page, a frame of another process or a worker.
 *
 * Listeners run synchronously in the order in which Chromium sent the events, before the answer to any later command.
 */
export class CdpSession {
  /** Settles when the target or the process is gone; never rejects. */
  readonly detached: Promise<void>;
  readonly #transport: CdpTransport;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #observers = new Set<(method: string, params: unknown) => void>();
  #settleDetached: () => void = () => undefined;
  #closed = false;

  /** `id` is undefined for the browser's root session. */
  constructor(
    transport: CdpTransport,
    readonly id: string | undefined,
  ) {
    this.#transport = transport;
    this.detached = new Promise((resolve) => (this.#settleDetached = resolve));
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Refused with {@link CdpError} by Chromium, or with `CdpClosedError` when the target goes away first. */
  async send<M extends CdpMethod>(
    method: M,
    ...params: Commands[M]['paramsType']
  ): Promise<Commands[M]['returnType']> {
    // The map of the protocol's own types says what `method` answers; the pipe carries plain JSON.
    return (await this.sendUntyped(method, params[0] ?? {})) as Commands[M]['returnType'];
  }

  /** As {@link send}, for a command chosen at run time (`webContents.debugger`). */
  sendUntyped(method: string, params: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#transport.request(this.id, method, params, (answer) => {
        if (answer.ok) resolve(answer.result);
        else reject(answer.error);
      });
    });
  }

  /**
   * As {@link sendUntyped}, for who passes events on as well: a promise is a moment late, and events that came after the answer
   * would overtake it.
   */
  forward(method: string, params: unknown, settle: (answer: CdpAnswer) => void): void {
    this.#transport.request(this.id, method, params, settle);
  }

  /** Returns what removes the listener. */
  on<E extends CdpEvent>(event: E, listener: (...params: Events[E]) => void): () => void {
    let listeners = this.#listeners.get(event);
    if (!listeners) this.#listeners.set(event, (listeners = new Set()));
    // Every event has at most one parameter object, which the map types as a tuple.
    const entry = listener as Listener;
    listeners.add(entry);
    return () => void listeners.delete(entry);
  }

  /** Every event of this session, also those that the protocol's types do not know. */
  onAny(observer: (method: string, params: unknown) => void): () => void {
    this.#observers.add(observer);
    return () => void this.#observers.delete(observer);
  }

  /** A new session on a target of the same process; the target may have others. */
  async attachTo(targetId: string): Promise<CdpSession> {
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
    return this.#transport.session(sessionId);
  }

  /** The session that an `attachedToTarget` event has announced. */
  child(sessionId: string): CdpSession {
    return this.#transport.session(sessionId);
  }

  /** For the connection only. */
  deliver(method: string, params: unknown): void {
    for (const listener of [...(this.#listeners.get(method) ?? [])]) listener(params);
    for (const observer of [...this.#observers]) observer(method, params);
  }

  /** For the connection only. */
  end(): void {
    this.#closed = true;
    this.#listeners.clear();
    this.#observers.clear();
    this.#settleDetached();
  }
}
