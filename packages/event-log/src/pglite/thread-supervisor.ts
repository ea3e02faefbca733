import { LogError } from '../errors.ts';
import { LogThread, type Request } from './log-thread.ts';
import type { LogSettings, Opened } from './wire.ts';

export interface SupervisorOptions {
  readonly workerUrl: URL | string;
  readonly settings: LogSettings;
  readonly answerLimitMs: number;
  readonly onNotice: (notice: string) => void;
  /** After each opening, before anything else is asked of the thread. */
  readonly onOpened: (thread: Pick<LogThread, 'ask'>, opened: Opened) => Promise<void>;
}

/**
 * Keeps one log thread running until `stop()`.
 *
 * Invariants:
 * 1. A thread starts only when the one before it has ended: two PGlites on one directory destroy it, in one process too.
 * 2. A lost thread fails only the questions that it was asked; the next question goes to the next thread.
 */
export class ThreadSupervisor {
  readonly #options: SupervisorOptions;
  #thread: Promise<LogThread> | null = null;
  #stopped = false;

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  /** Opens the log. Needed once; later openings happen by themselves. */
  async start(): Promise<void> {
    await this.#start();
  }

  async ask<T>(request: Request<T>): Promise<T> {
    if (this.#stopped) throw new LogError('LogClosed', 'The log is closed.');
    const starting = this.#thread ?? this.#start();
    const thread = await starting;
    try {
      return await thread.ask(request, this.#options.answerLimitMs);
    } catch (error) {
      if (thread.lost && this.#thread === starting) this.#restart(thread, error);
      throw error;
    }
  }

  /** Asks a last question, where the thread is there to answer, and ends it. */
  async stop(last: Request<null>): Promise<void> {
    this.#stopped = true;
    const thread = await this.#thread;
    try {
      await thread?.ask(last, this.#options.answerLimitMs);
    } finally {
      await thread?.stop();
    }
  }

  #restart(lost: LogThread, reason: unknown): void {
    this.#thread = null;
    if (this.#stopped) return;
    this.#options.onNotice(reason instanceof Error ? reason.message : String(reason));
    this.#start(lost).catch((error: unknown) => {
      // The next question tries again and gets the error itself.
      this.#options.onNotice(`The log could not be opened again: ${String(error)}`);
    });
  }

  #start(before?: LogThread): Promise<LogThread> {
    const starting = this.#open(before);
    this.#thread = starting;
    starting.catch(() => {
      if (this.#thread === starting) this.#thread = null;
    });
    return starting;
  }

  async #open(before: LogThread | undefined): Promise<LogThread> {
    await before?.stop();
    const { thread, opened } = await LogThread.start(this.#options.workerUrl, this.#options.settings);
    try {
      await this.#options.onOpened(thread, opened);
    } catch (error) {
      await thread.stop();
      throw error;
    }
    return thread;
  }
}
