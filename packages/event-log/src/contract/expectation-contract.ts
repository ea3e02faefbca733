import { describe, expect, it } from '@jest/globals';
import type { Expectation } from '../port.ts';
import type { Shared } from './event-log-contract.ts';
import { notesOf, recordsIn, sampleAppend, sampleEvent, write } from './sample-append.ts';

const ANY = { kind: 'any' } as const;
const NONE = { kind: 'no-stream' } as const;

export function describeExpectations(shared: Shared): void {
  describe('expectations', () => {
    it.each<[Expectation, 'new' | 'at version 2', 'appends' | 'refuses']>([
      [{ kind: 'no-stream' }, 'new', 'appends'],
      [{ kind: 'no-stream' }, 'at version 2', 'refuses'],
      [{ kind: 'stream-exists' }, 'new', 'refuses'],
      [{ kind: 'stream-exists' }, 'at version 2', 'appends'],
      [{ kind: 'exact', version: 0 }, 'new', 'appends'],
      [{ kind: 'exact', version: 0 }, 'at version 2', 'refuses'],
      [{ kind: 'exact', version: 1 }, 'new', 'refuses'],
      [{ kind: 'exact', version: 1 }, 'at version 2', 'refuses'],
      [{ kind: 'exact', version: 2 }, 'at version 2', 'appends'],
      [{ kind: 'exact', version: 3 }, 'at version 2', 'refuses'],
      [{ kind: 'any' }, 'new', 'appends'],
      [{ kind: 'any' }, 'at version 2', 'appends'],
    ])('4: %j of a stream that is %s %s', async (expectation, state, verdict) => {
      const { log } = shared;
      const stream = crypto.randomUUID();
      const version = state === 'new' ? 0 : 2;
      if (version > 0) await log.append(sampleAppend({ writes: [write(stream, ANY, 'a', 'b')] }));
      const before = await log.head();

      const appending = log.append(sampleAppend({ stream, expectation }));

      if (verdict === 'appends') {
        const { events } = await appending;
        expect(events).toMatchObject([{ position: before + 1, version: version + 1 }]);
      } else {
        await expect(appending).rejects.toMatchObject({
          code: 'ExpectationFailed',
          stream,
          expected: expectation,
          actual: version,
        });
        expect(await log.head()).toBe(before);
      }
    });

    it('4: lets one of two writers with the same belief win', async () => {
      const { log } = shared;
      const stream = crypto.randomUUID();
      const results = await Promise.allSettled(
        ['left', 'right'].map((note) =>
          log.append(sampleAppend({ stream, expectation: NONE, events: [sampleEvent(note)] })),
        ),
      );

      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
      expect(notesOf(await recordsIn(log, { stream }))).toEqual(['left']);
    });

    it('4: tells only the append that was wrong, whatever is asked for with it', async () => {
      const { log } = shared;
      const before = await log.head();
      const results = await Promise.allSettled([
        log.append(sampleAppend({ expectation: NONE })),
        log.append(sampleAppend({ expectation: { kind: 'exact', version: 9 } })),
        log.append(sampleAppend({ expectation: NONE })),
        log.append(sampleAppend({ commandId: 'malformed' })),
        log.append(sampleAppend({ expectation: NONE })),
      ]);

      expect(results.map(({ status }) => status)).toEqual([
        'fulfilled',
        'rejected',
        'fulfilled',
        'rejected',
        'fulfilled',
      ]);
      expect(await log.head()).toBe(before + 3);
    });

    it('5: appends to several streams, or to none of them', async () => {
      const { log } = shared;
      const [a, b] = [crypto.randomUUID(), crypto.randomUUID()];
      await log.append(sampleAppend({ writes: [write(a, NONE, 'a1'), write(b, NONE, 'b1')] }));
      const before = await log.head();

      await expect(
        log.append(
          sampleAppend({
            writes: [
              write(a, { kind: 'exact', version: 1 }, 'a2'),
              write(b, { kind: 'exact', version: 7 }, 'b2'),
            ],
          }),
        ),
      ).rejects.toMatchObject({ code: 'ExpectationFailed', stream: b, actual: 1 });

      expect(await log.head()).toBe(before);
      expect(notesOf(await recordsIn(log, { stream: a }))).toEqual(['a1']);
    });
  });
}
