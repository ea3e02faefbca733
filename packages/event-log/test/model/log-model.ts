import type { Append, Expectation, ReadOptions, Row } from '../../src/port.ts';
import { told, type Told } from '../victim/job.ts';

export type Outcome = 'appended' | 'repeated' | 'IdempotencyConflict' | 'ExpectationFailed';

/** An event, with what reads are filtered by. */
export interface ModelEvent extends Told {
  readonly actor: string;
  readonly recordedAt: string;
}

/** A row of the table `notes`. */
export interface NoteRow extends Row {
  readonly id: string;
  readonly body: string;
}

export interface ModelRows {
  readonly position: number;
  readonly state: number | null;
  readonly rows: readonly NoteRow[];
}

/** An event log as plainly as it can be said: lists. It begins where the log stood. */
export class LogModel {
  readonly events: ModelEvent[] = [];
  readonly appends = new Map<string, { readonly content: string; readonly events: readonly Told[] }>();
  /** What the rows were at each moment since the last of which it is certain that a crash leaves it. */
  rows: ModelRows[];

  /** @param base where the log stood  @param rows what its rows were */
  constructor(
    readonly base: number,
    rows: ModelRows,
  ) {
    this.rows = [rows];
  }

  get head(): number {
    return this.base + this.events.length;
  }

  versionOf(stream: string): number {
    return this.events.filter((event) => event.stream === stream).length;
  }

  append(append: Append): { readonly outcome: Outcome; readonly events: readonly Told[] } {
    const content = JSON.stringify([
      append.actor,
      append.writes.map(({ stream, events }) => [stream, events]),
    ]);
    const known = this.appends.get(append.commandId);
    if (known !== undefined) {
      return known.content === content
        ? { outcome: 'repeated', events: known.events }
        : { outcome: 'IdempotencyConflict', events: [] };
    }
    if (!append.writes.every(({ stream, expectation }) => holds(expectation, this.versionOf(stream)))) {
      return { outcome: 'ExpectationFailed', events: [] };
    }
    const { commandId, actor, recordedAt } = append;
    const events: Told[] = [];
    for (const { stream, events: added } of append.writes) {
      for (const { type, data } of added) {
        const [position, version] = [this.head + 1, this.versionOf(stream) + 1];
        const event = { position, stream, version, type, data, commandId };
        events.push(event);
        this.events.push({ ...event, actor, recordedAt });
      }
    }
    this.appends.set(commandId, { content, events });
    return { outcome: 'appended', events };
  }

  read(options: ReadOptions): readonly Told[] {
    const { direction, after = 0, before = Infinity, stream, types, actors, limit } = options;
    const { recordedFrom = '', recordedBefore = '9' } = options;
    const found = this.events.filter(
      (event) =>
        event.position > after &&
        event.position < before &&
        (stream === undefined || event.stream === stream) &&
        (types?.includes(event.type) ?? true) &&
        (actors?.includes(event.actor) ?? true) &&
        event.recordedAt >= recordedFrom &&
        event.recordedAt < recordedBefore,
    );
    const ordered = direction === 'backward' ? found.toReversed() : found;
    return ordered.slice(0, limit).map(told);
  }
}

function holds(expectation: Expectation, version: number): boolean {
  switch (expectation.kind) {
    case 'any':
      return true;
    case 'no-stream':
      return version === 0;
    case 'stream-exists':
      return version > 0;
    case 'exact':
      return version === expectation.version;
  }
}
