import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Append, Expectation } from '../port.ts';
import type { Shared } from './event-log-contract.ts';
import { recordsIn, sampleAppend, write } from './sample-append.ts';

/** A few streams and command ids, so that random appends meet. */
interface Script {
  readonly command: number;
  readonly writes: readonly {
    readonly stream: number;
    readonly expectation: Expectation;
    readonly notes: string[];
  }[];
}

const expectation: fc.Arbitrary<Expectation> = fc.oneof(
  fc.constant({ kind: 'any' as const }),
  fc.constant({ kind: 'no-stream' as const }),
  fc.constant({ kind: 'stream-exists' as const }),
  fc.record({ kind: fc.constant('exact' as const), version: fc.nat({ max: 5 }) }),
);

const script: fc.Arbitrary<Script> = fc.record({
  command: fc.nat({ max: 12 }),
  writes: fc.uniqueArray(
    fc.record({
      stream: fc.nat({ max: 2 }),
      expectation,
      notes: fc.array(fc.string({ unit: 'grapheme', maxLength: 8 }), { minLength: 1, maxLength: 3 }),
    }),
    { selector: ({ stream }) => stream, minLength: 1, maxLength: 3 },
  ),
});

const MET: Readonly<Record<Expectation['kind'], (version: number, wanted: Expectation) => boolean>> = {
  any: () => true,
  'no-stream': (version) => version === 0,
  'stream-exists': (version) => version > 0,
  exact: (version, wanted) => wanted.kind === 'exact' && wanted.version === version,
};

/** What the contract says must happen, as plainly as it can be said: one append after the other, in lists. */
function predict(appends: readonly Append[]): string[] {
  const versions = new Map<string, number>();
  const contents = new Map<string, string>();
  return appends.map(({ commandId, writes }) => {
    const content = JSON.stringify(writes.map(({ stream, events }) => [stream, events]));
    const known = contents.get(commandId);
    if (known !== undefined) return known === content ? 'repeated' : 'IdempotencyConflict';
    const met = writes.every((one) =>
      MET[one.expectation.kind](versions.get(one.stream) ?? 0, one.expectation),
    );
    if (!met) return 'ExpectationFailed';
    contents.set(commandId, content);
    for (const one of writes) versions.set(one.stream, (versions.get(one.stream) ?? 0) + one.events.length);
    return 'appended';
  });
}

export function describeRandomAppends(shared: Shared): void {
  describe('random appends, all asked for at once', () => {
    it('1 to 7: end as if they had come one after the other', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(script, { minLength: 1, maxLength: 20 }), async (scripts) => {
          const { log } = shared;
          const run = crypto.randomUUID();
          const commands = new Map<number, string>();
          const appends = scripts.map(({ command, writes }) => {
            const commandId = commands.get(command) ?? crypto.randomUUID();
            commands.set(command, commandId);
            return sampleAppend({
              commandId,
              correlationId: run,
              writes: writes.map((one) => write(`${run}/${one.stream}`, one.expectation, ...one.notes)),
            });
          });
          const before = await log.head();

          const settled = await Promise.allSettled(appends.map((append) => log.append(append)));

          const happened = settled.map((one) => {
            if (one.status === 'fulfilled') return one.value.repeated ? 'repeated' : 'appended';
            return (one.reason as { readonly code: string }).code;
          });
          expect(happened).toEqual(predict(appends));
          const records = settled.flatMap((one) =>
            one.status === 'fulfilled' && !one.value.repeated ? one.value.events : [],
          );
          expect(await recordsIn(log, { after: before })).toEqual(records);
          expect(records.map(({ position }) => position)).toEqual(
            records.map((_, index) => before + index + 1),
          );
        }),
        { numRuns: 60 },
      );
    });
  });
}
