import { Worker } from 'node:worker_threads';
import { wrap, type Remote } from 'comlink';
import { endpointOf } from './node-endpoint.ts';
import { LogError } from '../errors.ts';
import type { Answer, LogService, LogSettings, Opened } from './wire.ts';

/** Opening replays what a crash left in the WAL, and a first start unpacks the template. */
const OPEN_LIMIT_MS = 120_000;

/** A question to the worker. */
export type Request<T> = (service: Remote<LogService>) => Promise<Answer<T>>;

/**
 * The worker thread that PGlite runs in, with a watchdog: PGlite computes on its thread and cannot be interrupted (pglite#1068
 * spins for ever), so a thread that does not answer in time is ended.
 */
export class LogThread {
  readonly #worker: Worker;
  readonly #service: Remote<LogService>;
  readonly #pending = new Set<(error: LogError) => void>();
  #lost: LogError | null = null;

  private constructor(workerUrl: string | URL) {
    // The worker is plain JavaScript: loaders that the main thread was started with are not for it.
    this.#worker = new Worker(workerUrl, { execArgv: [], name: 'retrace-log' });
    this.#service = wrap<LogService>(endpointOf(this.#worker));
    this.#worker.on('error', (error) => this.#lose(`its thread failed: ${String(error)}`));
    this.#worker.on('exit', (code) => this.#lose(`its thread ended with ${code}`));
  }

  static async start(
    workerUrl: string | URL,
    settings: LogSettings,
  ): Promise<{ readonly thread: LogThread; readonly opened: Opened }> {
    const thread = new LogThread(workerUrl);
    try {
      return { thread, opened: await thread.ask((service) => service.open(settings), OPEN_LIMIT_MS) };
    } catch (error) {
      await thread.stop();
      throw error;
    }
  }

  /** Whether the thread has ended or was ended. Every later question is refused. */
  get lost(): boolean {
    return this.#lost !== null;
  }

  /** Rejects with a `LogError`; with `LogTimeout` when there was no answer in `limitMs`, or the thread ended before it. */
  ask<T>(request: Request<T>, limitMs: number): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#lost !== null) {
        reject(this.#lost);
        return;
      }
      const timer = setTimeout(() => this.#lose(`it gave no answer in ${limitMs} ms`), limitMs);
      const settle = (): void => {
        clearTimeout(timer);
        this.#pending.delete(fail);
      };
      const fail = (error: LogError): void => {
        settle();
        reject(error);
      };
      this.#pending.add(fail);
      request(this.#service).then(
        (answer) => {
          settle();
          if (answer.ok) resolve(answer.value);
          else {
            if (answer.failure.fatal) this.#lose(answer.failure.message);
            reject(new LogError(answer.failure.code, answer.failure.message));
          }
        },
        (error: unknown) =>
          fail(new LogError('LogTimeout', `The log failed: ${String(error)}`, { cause: error })),
      );
    });
  }

  /** Ends the thread at once and resolves when it has ended. What PostgreSQL has committed stays. */
  async stop(): Promise<void> {
    this.#lose('it was stopped');
    await this.#worker.terminate();
  }

  #lose(reason: string): void {
    if (this.#lost !== null) return;
    this.#lost = new LogError(
      'LogTimeout',
      `The log was ended, because ${reason}. It is opened again; repeat the command under its id to learn whether it was appended.`,
    );
    for (const fail of [...this.#pending]) fail(this.#lost);
    void this.#worker.terminate();
  }
}
