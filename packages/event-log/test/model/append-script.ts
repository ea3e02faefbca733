import fc from 'fast-check';
import { sampleAppend, sampleEvent } from '../../src/contract/sample-append.ts';
import type { Append, Expectation } from '../../src/port.ts';
import type { Run } from './log-under-test.ts';

/** An append before streams and command ids have the names of a run. Few of each, so that appends meet. */
export interface AppendScript {
  readonly command: number;
  readonly actor: string;
  /** Past nine o'clock. */
  readonly minute: number;
  readonly writes: readonly {
    readonly stream: number;
    readonly expectation: Expectation;
    readonly events: readonly { readonly type: string; readonly note: string }[];
  }[];
}

export const ACTORS = ['user', 'session:1'];
export const TYPES = ['Noted', 'Marked'];
export const STREAMS = 3;
export const MINUTES = 3;

export function instantOf(minute: number): string {
  return `2026-11-22T09:0${minute}:00.000Z`;
}

const expectation: fc.Arbitrary<Expectation> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ kind: 'any' } as const) },
  { weight: 1, arbitrary: fc.constant({ kind: 'no-stream' } as const) },
  { weight: 1, arbitrary: fc.constant({ kind: 'stream-exists' } as const) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('exact' as const), version: fc.nat({ max: 6 }) }) },
);

export const appendScript: fc.Arbitrary<AppendScript> = fc.record({
  command: fc.nat({ max: 30 }),
  actor: fc.constantFrom(...ACTORS),
  minute: fc.nat({ max: MINUTES - 1 }),
  writes: fc.uniqueArray(
    fc.record({
      stream: fc.nat({ max: STREAMS - 1 }),
      expectation,
      events: fc.array(
        fc.record({
          type: fc.constantFrom(...TYPES),
          note: fc.string({ unit: 'grapheme', maxLength: 6 }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    }),
    { selector: ({ stream }) => stream, minLength: 1, maxLength: STREAMS },
  ),
});

export function streamOf(run: Run, stream: number): string {
  return `${run.id}/${stream}`;
}

export function appendOf(run: Run, { command, actor, minute, writes }: AppendScript): Append {
  const commandId = run.commandIds.get(command) ?? crypto.randomUUID();
  run.commandIds.set(command, commandId);
  return sampleAppend({
    commandId,
    correlationId: run.id,
    actor,
    recordedAt: instantOf(minute),
    writes: writes.map(({ stream, expectation, events }) => ({
      stream: streamOf(run, stream),
      expectation,
      events: events.map(({ type, note }) => sampleEvent(note, type)),
    })),
  });
}
