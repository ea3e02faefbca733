import type { Append, EventLog, EventRecord, Expectation } from '@retrace/event-log';
import { LogError } from '@retrace/event-log';
import type { SessionEvent, SessionId, SessionTable } from '@retrace/protocol';
import { RetraceError, schemaVersionOf } from '@retrace/protocol';
import { CommandQueue } from './command-queue.ts';
import type { Decision } from './decide/decision.ts';
import { toRetraceError } from './log-failure.ts';
import type { SessionProjection } from './projection.ts';
import type { Origin } from './live-view.ts';

/** How often a command is decided anew because somebody else wrote to its session meanwhile. */
const DECISIONS = 5;
/** How often an append is asked for again, under its id, because the log did not say whether it happened. */
const ATTEMPTS = 3;

export interface ExecutorOptions {
  readonly log: EventLog;
  readonly projection: SessionProjection;
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly appVersion: string;
}

export interface Intent extends Origin {
  /** The correlation id of the action that is taken back, or null. */
  readonly undoes: string | null;
  /** The session whose stream the events go to. */
  readonly sessionId: SessionId;
  readonly decision: Decision;
}

type DecideNow<I extends Intent> = (table: SessionTable) => I | null | Promise<I | null>;

export interface Executed<I extends Intent> {
  readonly intent: I;
  readonly records: readonly EventRecord[];
}

/**
 * Turns decisions into appended events, one command after another, so that each is decided on the table that all before it
 * made. By the time a command is answered the projection has folded its events.
 */
export class CommandExecutor {
  readonly #queue = new CommandQueue();
  #closed = false;

  constructor(private readonly options: ExecutorOptions) {}

  /**
   * Decides in its turn and appends. `decideNow` may be called again, with a newer table, when the log refuses the first
   * answer; it gives null to withdraw. Resolves with what was intended in the end and the appended records, none when nothing had
   * to happen, or with null when it was withdrawn.
   * Rejects with a `RetraceError`: the refusal itself, `Conflict`, `LogUnavailable`, `ShuttingDown`.
   */
  async execute<I extends Intent>(decideNow: DecideNow<I>): Promise<Executed<I> | null> {
    if (this.#closed) throw new RetraceError('ShuttingDown', 'Retrace is closing.');
    try {
      return await this.#queue.run(() => this.#executeNow(decideNow));
    } catch (error) {
      throw toRetraceError(error);
    }
  }

  /** Refuses new commands from now on and finishes those that were accepted. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.idle();
  }

  idle(): Promise<void> {
    return this.#queue.idle();
  }

  async #executeNow<I extends Intent>(decideNow: DecideNow<I>): Promise<Executed<I> | null> {
    const { projection, log, newId } = this.options;
    const commandId = newId();
    for (let attempt = 1; ; attempt += 1) {
      // The decision and what it expects are of one moment: while it is made, others may append to a log that is shared.
      const { table, versions } = projection.current();
      const intent = await decideNow(table);
      if (intent === null) return null;
      const { decision } = intent;
      if (!decision.ok) throw new RetraceError(decision.failure.code, decision.failure.message);
      if (decision.events.length === 0) return { intent, records: [] };
      try {
        const version = versions[intent.sessionId];
        const records = await this.#append(this.#appendOf(commandId, intent, decision.events, version));
        await projection.reached(records.at(-1)?.position ?? 0);
        return { intent, records };
      } catch (error) {
        const changed = error instanceof LogError && error.code === 'ExpectationFailed';
        if (!changed || attempt === DECISIONS) throw error;
        await projection.reached(await log.head());
      }
    }
  }

  async #append(append: Append): Promise<readonly EventRecord[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return (await this.options.log.append(append)).events;
      } catch (error) {
        const unanswered = error instanceof LogError && error.code === 'LogTimeout';
        if (!unanswered || attempt === ATTEMPTS) throw error;
      }
    }
  }

  /** `version` is that of the session's stream in the table that was decided on, undefined where it had none. */
  #appendOf(
    commandId: string,
    intent: Intent,
    events: readonly SessionEvent[],
    version: number | undefined,
  ): Append {
    const expectation: Expectation =
      version === undefined ? { kind: 'no-stream' } : { kind: 'exact', version };
    return {
      commandId,
      correlationId: intent.correlationId,
      causationId: intent.causationId,
      actor: intent.actor,
      recordedAt: this.options.clock().toISOString(),
      appVersion: this.options.appVersion,
      undoes: intent.undoes,
      writes: [
        {
          stream: intent.sessionId,
          expectation,
          events: events.map(({ type, data }) => ({ type, schemaVersion: schemaVersionOf(type), data })),
        },
      ],
    };
  }
}
