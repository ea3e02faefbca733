import { checkAppend } from '../append-check.ts';
import { LogError } from '../errors.ts';
import { expectationFailed, isMet } from '../expectation.ts';
import type { Append, Durability, EventRecord, Receipt } from '../port.ts';
import { packAppend, recordsOf } from './packed-append.ts';
import { recordsFrom } from './read-statement.ts';
import type { AppendOutcome, PackedAppend } from './wire.ts';

/** Appends in one transaction at most: more would keep the first of them waiting for longer than a sync takes. */
const GROUP_LENGTH = 32;

interface Waiting {
  readonly append: Append;
  readonly packed: PackedAppend;
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (error: unknown) => void;
}

export interface AppendQueueOptions {
  readonly durability: Durability;
  /** Transactions at a time. */
  readonly underWay: number;
  /** Answers in the order in which it is called. */
  readonly send: (group: readonly PackedAppend[]) => Promise<readonly AppendOutcome[]>;
  readonly give: (records: readonly EventRecord[]) => void;
}

/**
 * Group commit: while transactions are under way, the next appends queue and go together.
 *
 * Invariants:
 * 1. Appends are committed in the order in which they were asked for.
 * 2. No more transactions are under way than `underWay`, so a group is as large as the time of those before it makes it.
 * 3. Records are given to `give` in order of position, each before its receipt is.
 */
export class AppendQueue {
  readonly #waiting: Waiting[] = [];
  /** Each sends group after group, and ends when nothing is waiting. */
  readonly #lanes: (Promise<void> | null)[];

  constructor(private readonly options: AppendQueueOptions) {
    this.#lanes = Array.from({ length: options.underWay }, () => null);
  }

  async push(append: Append): Promise<Receipt> {
    checkAppend(append);
    const packed = packAppend(append);
    return await new Promise((resolve, reject) => {
      this.#waiting.push({ append, packed, resolve, reject });
      const free = this.#lanes.indexOf(null);
      if (free !== -1) this.#lanes[free] = this.#flush(free);
    });
  }

  /** Resolves when nothing is waiting. Never rejects: each append is told for itself. */
  async drained(): Promise<void> {
    await Promise.all(this.#lanes.filter((lane) => lane !== null));
  }

  async #flush(lane: number): Promise<void> {
    // Those asked for in one turn of the event loop go together from the first on.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, GROUP_LENGTH);
      try {
        const outcomes = await this.options.send(group.map(({ packed }) => packed));
        group.forEach((waiting, index) => this.#settle(waiting, outcomes[index]));
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#lanes[lane] = null;
  }

  #settle({ append, packed, resolve, reject }: Waiting, outcome: AppendOutcome | undefined): void {
    const { durability } = this.options;
    switch (outcome?.kind) {
      case 'appended': {
        const events = recordsOf(packed, outcome.base, outcome.versions);
        this.options.give(events);
        resolve({ events, durability, repeated: false });
        return;
      }
      case 'repeated':
        resolve({ events: recordsFrom(outcome.records), durability, repeated: true });
        return;
      case 'conflict':
        reject(
          new LogError(
            'IdempotencyConflict',
            `The command id ${append.commandId} was used with other content.`,
          ),
        );
        return;
      case 'refused':
        reject(refusal(append, outcome.versions));
        return;
      case 'failed':
        reject(new LogError(outcome.failure.code, outcome.failure.message));
        return;
      case undefined:
        reject(new Error('The worker left an append without an outcome.'));
    }
  }
}

function refusal(append: Append, versions: readonly number[]): Error {
  for (const [index, write] of append.writes.entries()) {
    const actual = versions[index] ?? 0;
    if (!isMet(write.expectation, actual)) return expectationFailed(write, actual);
  }
  return new Error('The worker refused an append whose expectations are met.');
}
