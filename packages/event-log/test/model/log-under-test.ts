import type { Subscription } from 'rxjs';
import type { EventLog, EventRecord } from '../../src/port.ts';
import type { FragileOrder } from '../storage/fragile-channel.ts';
import type { LogModel } from './log-model.ts';

export interface LogUnderTest {
  log: EventLog;
  /** Closes the log and opens it again. Null, like the other, where the log is lost with that. */
  readonly reopen: (() => Promise<EventLog>) | null;
  /** Lets the log's storage end or fail, now or later. Resolves when that is arranged. The log opens itself again. */
  readonly breakStorage: ((order: FragileOrder) => Promise<void>) | null;
}

/** One who follows a log, and has to be given each event once. */
export class Follower {
  readonly positions: number[] = [];
  failure: unknown = null;
  readonly #subscription: Subscription;
  #wake: () => void = () => undefined;

  constructor(
    log: EventLog,
    readonly after: number,
  ) {
    this.#subscription = log.follow(after).subscribe({
      next: (records: readonly EventRecord[]) => {
        this.positions.push(...records.map(({ position }) => position));
        this.#wake();
      },
      error: (error: unknown) => {
        this.failure = error;
        this.#wake();
      },
    });
  }

  /** Resolves once it was given the position, or can be given nothing any more. */
  async upTo(position: number): Promise<void> {
    while (position > this.after && (this.positions.at(-1) ?? 0) < position && this.failure === null) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  end(): void {
    this.#subscription.unsubscribe();
  }
}

/** What one run of commands works on. */
export interface Run {
  readonly subject: LogUnderTest;
  readonly model: LogModel;
  /** Streams and commands of other runs have other names. */
  readonly id: string;
  readonly commandIds: Map<number, string>;
  followers: Follower[];
}
