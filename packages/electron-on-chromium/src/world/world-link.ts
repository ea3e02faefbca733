import { decode, encode } from '../ipc/clone-codec.ts';

type Callable = (...args: unknown[]) => unknown;

/** A call into the other world, answered before it returns. */
type Message =
  | { readonly op: 'expose'; readonly key: string; readonly value: string }
  | { readonly op: 'execute'; readonly source: string; readonly args: string }
  | { readonly op: 'call'; readonly id: number; readonly args: string }
  | { readonly op: 'settle'; readonly id: number; readonly ok: boolean; readonly value: string };

type Answer = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly error: string };

/** Page code may replace any of these later; what the link uses is what there was before the page began. */
const { apply } = Reflect;
const Event = CustomEvent;
/* eslint-disable @typescript-eslint/unbound-method -- looked up once, and only ever applied to a target or an event */
const { addEventListener, removeEventListener, dispatchEvent } = EventTarget.prototype;
const detailOf = Object.getOwnPropertyDescriptor(CustomEvent.prototype, 'detail')?.get as () => unknown;
/* eslint-enable @typescript-eslint/unbound-method */
const { parse, stringify } = JSON;
// By another name, it evaluates in the global scope.
const evaluate = eval;

/**
 * Carries values and calls between a page's main world and its isolated world: the two see the same DOM, so a synchronous
 * `CustomEvent` with a name that the page does not know is a call, and a second one its answer. Functions and promises stay
 * where they are; the other world gets a stand-in.
 */
export class WorldLink {
  readonly #outgoing: string;
  readonly #functions = new Map<number, Callable>();
  readonly #functionIds = new WeakMap<object, number>();
  readonly #standIns = new Map<number, Callable>();
  readonly #standInIds = new WeakMap<object, number>();
  readonly #promises = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (error: unknown) => void }
  >();
  readonly #onExpose: (key: string, value: unknown) => void;
  #lastId = 0;

  /** `channel` is the secret; `side` is this world. `onExpose` runs in the main world only. */
  constructor(
    channel: string,
    side: 'main' | 'isolated',
    onExpose: (key: string, value: unknown) => void = () => undefined,
  ) {
    const other = side === 'main' ? 'isolated' : 'main';
    this.#outgoing = `${channel}-${other}`;
    this.#onExpose = onExpose;
    const incoming = `${channel}-${side}`;
    listen(incoming, (text) => {
      const { id, message } = parse(text) as { id: number; message: Message };
      emit(`${incoming}-${id}`, stringify(this.#receive(message)));
    });
  }

  expose(key: string, value: unknown): void {
    this.#request({ op: 'expose', key, value: this.#encode(value) });
  }

  /** Runs the function that `source` is in the other world. Throws where that world's page forbids `eval`. */
  execute(source: string, args: readonly unknown[]): unknown {
    return this.#request({ op: 'execute', source, args: this.#encode([...args]) });
  }

  #request(message: Message): unknown {
    const id = ++this.#lastId;
    let answer: Answer | undefined;
    const stop = listen(`${this.#outgoing}-${id}`, (text) => (answer = parse(text) as Answer));
    emit(this.#outgoing, stringify({ id, message }));
    stop();
    if (!answer) throw new Error('The other world of this page does not answer.');
    if (!answer.ok) throw this.#decode(answer.error);
    return this.#decode(answer.value);
  }

  #receive(message: Message): Answer {
    try {
      return { ok: true, value: this.#encode(this.#carryOut(message)) };
    } catch (error) {
      return { ok: false, error: this.#encodeError(error) };
    }
  }

  #carryOut(message: Message): unknown {
    switch (message.op) {
      case 'expose':
        this.#onExpose(message.key, this.#decode(message.value));
        return undefined;
      case 'execute':
        return apply(
          evaluate(`(${message.source})`) as Callable,
          undefined,
          this.#decode(message.args) as unknown[],
        );
      case 'call': {
        const called = this.#functions.get(message.id);
        if (!called) throw new Error('This function is gone.');
        return apply(called, undefined, this.#decode(message.args) as unknown[]);
      }
      case 'settle': {
        const promise = this.#promises.get(message.id);
        this.#promises.delete(message.id);
        if (message.ok) promise?.resolve(this.#decode(message.value));
        else promise?.reject(this.#decode(message.value));
        return undefined;
      }
    }
  }

  #encode(value: unknown): string {
    return encode(value, (item) => {
      if (typeof item === 'function') return this.#functionToken(item as Callable);
      if (item instanceof Promise) return this.#promiseToken(item);
      return undefined;
    });
  }

  #decode(text: string): unknown {
    return decode(text, (token) => {
      const id = Number(token.slice(1));
      switch (token[0]) {
        case 'f':
          return this.#standIn(id);
        case 'o':
          return this.#functions.get(id);
        default:
          return new Promise((resolve, reject) => this.#promises.set(id, { resolve, reject }));
      }
    });
  }

  /** An error that cannot be cloned because of something attached to it still says what it says. */
  #encodeError(error: unknown): string {
    try {
      return this.#encode(error);
    } catch {
      return this.#encode(new Error(String(error)));
    }
  }

  #functionToken(value: Callable): string {
    const original = this.#standInIds.get(value);
    if (original !== undefined) return `o${original}`;
    let id = this.#functionIds.get(value);
    if (id === undefined) {
      id = ++this.#lastId;
      this.#functionIds.set(value, id);
      this.#functions.set(id, value);
    }
    return `f${id}`;
  }

  #standIn(id: number): Callable {
    let standIn = this.#standIns.get(id);
    if (!standIn) {
      standIn = (...args) => this.#request({ op: 'call', id, args: this.#encode(args) });
      this.#standIns.set(id, standIn);
      this.#standInIds.set(standIn, id);
    }
    return standIn;
  }

  #promiseToken(value: Promise<unknown>): string {
    const id = ++this.#lastId;
    value.then(
      (result) => this.#settle(id, () => ({ ok: true, value: this.#encode(result) })),
      (error: unknown) => this.#settle(id, () => ({ ok: false, value: this.#encodeError(error) })),
    );
    return `p${id}`;
  }

  #settle(id: number, outcome: () => { readonly ok: boolean; readonly value: string }): void {
    try {
      this.#request({ op: 'settle', id, ...outcome() });
    } catch (error) {
      this.#request({ op: 'settle', id, ok: false, value: this.#encodeError(error) });
    }
  }
}

function listen(name: string, receive: (text: string) => void): () => void {
  const listener = (event: globalThis.Event) => receive(apply(detailOf, event, []) as string);
  apply(addEventListener, document, [name, listener]);
  return () => {
    apply(removeEventListener, document, [name, listener]);
  };
}

function emit(name: string, detail: string): void {
  apply(dispatchEvent, document, [new Event(name, { detail })]);
}
