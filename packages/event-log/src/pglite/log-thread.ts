import { Worker } from 'node:worker_threads';
import { LogError } from '../errors.ts';
import { compiledPostgres } from './compiled-postgres.ts';
import { callLog, type RemoteLog } from './log-rpc.ts';
import { watchSilence } from './silence-watch.ts';
import type { Answer, LogSettings, Opened } from './wire.ts';

/** Opening replays what a crash left in the WAL, and a first start unpacks the template. */
const OPEN_LIMIT_MS = 120_000;

/** A question to the worker. */
export type Request<T> = (service: RemoteLog) => Promise<Answer<T>>;

/**
 * The worker thread that PGlite runs in, with a watchdog: PGlite computes on its thread and cannot be interrupted (pglite#1068
 * spins for ever), so a thread that is silent for too long is ended. Work that may rightly take long, as a checkpoint does on a slow
 * disk, is announced by the worker before it begins.
 */
export class LogThread {
  readonly #worker: Worker;
  readonly #service: RemoteLog;
  #lost: LogError | null = null;
  /** When it was heard last, or up to when it need not be. */
  #heardUntil = 0;

  private constructor(workerUrl: string | URL) {
    // The worker is plain JavaScript: loaders that the main thread was started with are not for it.
    this.#worker = new Worker(workerUrl, { execArgv: [], name: 'retrace-log' });
    this.#service = callLog(this.#worker, {
      announce: ({ mayBeSilentMs }) => {
        this.#heardUntil = performance.now() + mayBeSilentMs;
      },
    });
    this.#worker.on('error', (error) => this.#lose(`its thread failed: ${String(error)}`));
    this.#worker.on('exit', (code) => this.#lose(`its thread ended with ${code}`));
  }

  static async start(
    workerUrl: string | URL,
    settings: LogSettings,
  ): Promise<{ readonly thread: LogThread; readonly opened: Opened }> {
    const thread = new LogThread(workerUrl);
    try {
      const postgres = await compiledPostgres();
      return {
        thread,
        opened: await thread.ask((service) => service.open(settings, postgres), OPEN_LIMIT_MS),
      };
    } catch (error) {
      await thread.stop();
      throw error;
    }
  }

  /** Whether the thread has ended or was ended. Every later question is refused. */
  get lost(): boolean {
    return this.#lost !== null;
  }

  /** Rejects with a `LogError`; with `LogTimeout` when the thread ended before its answer, or was silent for `limitMs`. */
  async ask<T>(request: Request<T>, limitMs: number): Promise<T> {
    if (this.#lost !== null) throw this.#lost;
    const watch = watchSilence(
      limitMs,
      () => this.#heardUntil,
      () => this.#lose(`it gave no answer in ${limitMs} ms`),
    );
    try {
      const answer = await request(this.#service);
      this.#heardUntil = performance.now();
      if (answer.ok) return answer.value;
      if (answer.failure.fatal) this.#lose(answer.failure.message);
      const { code, message, ...where } = answer.failure;
      throw new LogError(code, message, where);
    } catch (error) {
      if (error instanceof LogError) throw error;
      throw new LogError('LogTimeout', `The log failed: ${String(error)}`, { cause: error });
    } finally {
      watch.end();
    }
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
    this.#service.$close(this.#lost);
    void this.#worker.terminate();
  }
}
