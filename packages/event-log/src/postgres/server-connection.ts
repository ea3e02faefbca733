import { LogError } from '../errors.ts';
import { ConnectionLost, type PostgresSession } from './postgres-session.ts';

/** Waits between two attempts to connect, in milliseconds: the first, and the longest. Each is twice the one before. */
const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 2000;

export interface ServerConnectionOptions {
  /** Connects and makes the session ready for use. */
  readonly connect: () => Promise<PostgresSession>;
  /** How long a question waits for a connection before it is refused with `LogUnreachable`. */
  readonly patienceMs: number;
  readonly onLost: () => void;
  readonly onConnected: () => void;
}

/**
 * A connection to the server that is made again whenever it is lost, with waits that grow, until it is closed.
 *
 * Invariants:
 * 1. A question is asked of one connection only. Whether it may be asked again is for whoever asks: it may have happened.
 * 2. A connection that is lost is replaced whether or not anybody asks something, so that notifications go on.
 */
export class ServerConnection {
  readonly #options: ServerConnectionOptions;
  #session: Promise<PostgresSession>;
  #lastFailure: unknown = null;
  #closed = false;
  #wake: () => void = () => undefined;

  /** @param first a session that is ready for use */
  constructor(first: PostgresSession, options: ServerConnectionOptions) {
    this.#options = options;
    this.#session = Promise.resolve(first);
    this.#watch(first);
  }

  /**
   * Asks the session that is there, or the next one. Rejects with `LogUnreachable` when none comes in time (nothing was asked
   * then), else with what `work` rejects with.
   */
  async use<T>(work: (session: PostgresSession) => Promise<T>): Promise<T> {
    const session = await this.#ready();
    try {
      return await work(session);
    } catch (error) {
      if (error instanceof ConnectionLost) {
        // So that whoever asks again does not come back to the one that was lost.
        session.abandon();
        await session.ended;
      }
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#wake();
    const session = await this.#session.catch(() => null);
    await session?.close().catch(() => undefined);
  }

  async #ready(): Promise<PostgresSession> {
    if (this.#closed) throw new LogError('LogClosed', 'The log is closed.');
    let timer: NodeJS.Timeout | undefined;
    const outOfPatience = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(this.#unreachable()), this.#options.patienceMs);
    });
    try {
      return await Promise.race([this.#session, outOfPatience]);
    } finally {
      clearTimeout(timer);
    }
  }

  #watch(session: PostgresSession): void {
    void session.ended.then(() => {
      if (this.#closed) return;
      this.#options.onLost();
      this.#session = this.#connect();
      // Those who wait for it hear of it.
      this.#session.catch(() => undefined);
    });
  }

  async #connect(): Promise<PostgresSession> {
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      if (this.#closed) throw new LogError('LogClosed', 'The log is closed.');
      try {
        const session = await this.#options.connect();
        this.#watch(session);
        this.#options.onConnected();
        return session;
      } catch (error) {
        this.#lastFailure = error;
      }
      // Not all at the same moment: several processes have lost the same server.
      await this.#sleep(wait * (0.5 + Math.random()));
    }
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #unreachable(): LogError {
    const reason = this.#lastFailure instanceof Error ? ` (${this.#lastFailure.message})` : '';
    return new LogError(
      'LogUnreachable',
      `The server of the log cannot be reached${reason}. Nothing was appended; Retrace goes on trying.`,
      { cause: this.#lastFailure },
    );
  }
}
