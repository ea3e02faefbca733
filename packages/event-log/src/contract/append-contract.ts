import { describe, expect, it } from '@jest/globals';
import type { Append, Json } from '../port.ts';
import type { Shared } from './event-log-contract.ts';
import { positionsOf, range, recordsIn, sampleAppend, sampleEvent, write } from './sample-append.ts';

const ANY = { kind: 'any' } as const;

export function describeAppends(shared: Shared): void {
  describe('appending', () => {
    it('1: starts at position 1, and counts on without a gap', async () => {
      const { log } = shared;
      expect(await log.head()).toBe(0);
      expect(await recordsIn(log)).toEqual([]);

      const first = await log.append(sampleAppend({ events: [sampleEvent('a'), sampleEvent('b')] }));
      const second = await log.append(sampleAppend());

      expect(positionsOf([...first.events, ...second.events])).toEqual([1, 2, 3]);
      expect(await log.head()).toBe(3);
    });

    it('2: counts the versions of each stream from 1', async () => {
      const { log } = shared;
      const [a, b] = [crypto.randomUUID(), crypto.randomUUID()];
      await log.append(sampleAppend({ writes: [write(a, ANY, 'a1', 'a2'), write(b, ANY, 'b1')] }));
      await log.append(sampleAppend({ writes: [write(b, ANY, 'b2'), write(a, ANY, 'a3')] }));

      expect((await recordsIn(log, { stream: a })).map((r) => r.version)).toEqual([1, 2, 3]);
      expect((await recordsIn(log, { stream: b })).map((r) => r.version)).toEqual([1, 2]);
    });

    it('1, 3: keeps positions dense and in the order of reading with 200 appends at once', async () => {
      const { log } = shared;
      const before = await log.head();
      const streams = range(0, 7).map(() => crypto.randomUUID());

      const receipts = await Promise.all(
        range(0, 200).map((n) =>
          log.append(sampleAppend({ stream: streams[n % 7] ?? '', events: [sampleEvent(`${n}`)] })),
        ),
      );

      const read = await recordsIn(log, { after: before });
      expect(positionsOf(read)).toEqual(range(before + 1, 200));
      expect(read).toEqual(receipts.flatMap((receipt) => receipt.events));
    });

    it('7: gives back in the receipt, and in every read, what was appended', async () => {
      const { log } = shared;
      const data: Record<string, Json> = {
        quotes: '"\\{}[],\'$1',
        text: 'żółw 🐢 \n\t\u0001',
        numbers: [0, -1.5, 1e300, 9007199254740991],
        nothing: null,
        nested: { b: [{}, []], a: true },
      };
      const append = sampleAppend({
        stream: 'a “stream” with {odd}, \\ name',
        events: [{ type: 'Odd,"Type"', schemaVersion: 3, data }],
        actor: 'page',
        causationId: 'cause',
        undoes: 'action',
      });

      const receipt = await log.append(append);

      expect(receipt).toMatchObject({ durability: log.durability, repeated: false });
      expect(receipt.events).toEqual([
        {
          position: await log.head(),
          eventId: expect.stringMatching(
            /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
          ),
          stream: 'a “stream” with {odd}, \\ name',
          version: 1,
          type: 'Odd,"Type"',
          schemaVersion: 3,
          data,
          recordedAt: append.recordedAt,
          actor: 'page',
          commandId: append.commandId,
          correlationId: append.correlationId,
          causationId: 'cause',
          appVersion: '0.1.0',
          undoes: 'action',
        },
      ]);
      expect(await recordsIn(log, { after: (await log.head()) - 1 })).toEqual(receipt.events);
      expect(JSON.stringify(receipt.events[0]?.data)).toBe(JSON.stringify(data));
    });

    it('7: is not changed by what the writer does with its objects later', async () => {
      const { log } = shared;
      const data = { note: 'before' };
      const appending = log.append(sampleAppend({ events: [{ type: 'Noted', schemaVersion: 1, data }] }));
      data.note = 'after';

      const { events } = await appending;
      expect(events[0]?.data).toEqual({ note: 'before' });
    });

    const event = (data: unknown) => ({ events: [{ type: 'Noted', schemaVersion: 1, data: data as never }] });
    const cyclic: Record<string, unknown> = {};
    cyclic['self'] = cyclic;
    it.each<[string, Partial<Append> | Parameters<typeof sampleAppend>[0]]>([
      ['no writes', { writes: [] }],
      ['a write of no events', { events: [] }],
      ['one stream twice', { writes: [write('twice', ANY, 'a'), write('twice', ANY, 'b')] }],
      ['a command id that is no UUID', { commandId: 'again' }],
      ['a command id in upper case', { commandId: '0190B5A0-0000-7000-8000-000000000001' }],
      ['an empty stream name', { stream: '' }],
      ['a stream name that no index holds', { stream: 'a'.repeat(3000) }],
      ['a U+0000 in a stream name', { stream: 'a\u0000b' }],
      ['a time without milliseconds', { recordedAt: '2026-11-22T09:00:00Z' }],
      ['a day that is not in the calendar', { recordedAt: '2026-02-31T09:00:00.000Z' }],
      ['a version that is no whole number', { expectation: { kind: 'exact', version: 1.5 } }],
      ['an expectation of an unknown kind', { expectation: { kind: 'maybe' } as never }],
      ['a field that is unknown', { color: 'red' } as never],
      ['a schema version of 0', { events: [{ type: 'Noted', schemaVersion: 0, data: {} }] }],
      ['data that is no object', event('text')],
      ['data with undefined in it', event({ a: undefined })],
      ['data with NaN in it', event({ a: [NaN] })],
      ['data with a Date in it', event({ at: new Date(0) })],
      ['data with a U+0000 in it', event({ a: { b: 'a\u0000b' } })],
      ['data with half of a surrogate pair in it', event({ '\ud800': 1 })],
      ['data that holds itself', event(cyclic)],
    ])('11: refuses %s', async (_what, said) => {
      const { log } = shared;
      const before = await log.head();
      await expect(log.append(sampleAppend(said))).rejects.toMatchObject({ code: 'InvalidAppend' });
      expect(await log.head()).toBe(before);
    });
  });
}
