import { beforeAll, describe, expect, it } from '@jest/globals';
import type { ReadOptions } from '../port.ts';
import type { Shared } from './event-log-contract.ts';
import { notesOf, positionsOf, range, recordsIn, sampleAppend, sampleEvent } from './sample-append.ts';

export function describeReads(shared: Shared): void {
  describe('reading', () => {
    const stream = crypto.randomUUID();
    const other = crypto.randomUUID();
    let start = 0;

    // start+1 … start+6: a b | c d | e f, of two streams, types and actors; c and d were recorded earlier than the others
    beforeAll(async () => {
      const { log } = shared;
      start = await log.head();
      await log.append(sampleAppend({ stream, events: [sampleEvent('a', 'Odd'), sampleEvent('b', 'Even')] }));
      await log.append(
        sampleAppend({
          stream: other,
          actor: 'page',
          recordedAt: '2026-11-20T23:59:59.999Z',
          events: [sampleEvent('c', 'Odd'), sampleEvent('d', 'Even')],
        }),
      );
      await log.append(
        sampleAppend({ stream, actor: 'page', events: [sampleEvent('e', 'Odd'), sampleEvent('f', 'Even')] }),
      );
    });

    it.each<[string, (start: number) => ReadOptions, string]>([
      ['after', (at) => ({ after: at + 4 }), 'ef'],
      ['after the newest', (at) => ({ after: at + 6 }), ''],
      ['before', (at) => ({ after: at, before: at + 3 }), 'ab'],
      ['backward', (at) => ({ after: at, direction: 'backward' }), 'fedcba'],
      ['backward, before and limited', () => ({ before: start + 5, direction: 'backward', limit: 3 }), 'dcb'],
      ['a limit', (at) => ({ after: at, limit: 2 }), 'ab'],
      ['a limit of 0', (at) => ({ after: at, limit: 0 }), ''],
      ['a stream', () => ({ stream }), 'abef'],
      ['a stream, backward and limited', () => ({ stream, direction: 'backward', limit: 3 }), 'feb'],
      ['a stream, after', (at) => ({ stream, after: at + 2 }), 'ef'],
      ['a stream that is not there', () => ({ stream: 'nowhere' }), ''],
      ['a type', (at) => ({ after: at, types: ['Even'] }), 'bdf'],
      ['two types', (at) => ({ after: at, types: ['Even', 'Odd'] }), 'abcdef'],
      ['no types', (at) => ({ after: at, types: [] }), ''],
      ['an actor', (at) => ({ after: at, actors: ['page'] }), 'cdef'],
      ['the time from which', (at) => ({ after: at, recordedFrom: '2026-11-22T09:00:00.120Z' }), 'abef'],
      ['the time before which', (at) => ({ after: at, recordedBefore: '2026-11-22T09:00:00.120Z' }), 'cd'],
      [
        'a span of time that ends before it begins',
        (at) => ({
          after: at,
          recordedFrom: '2026-11-22T09:00:00.000Z',
          recordedBefore: '2026-11-21T09:00:00.000Z',
        }),
        '',
      ],
      [
        'a stream and a time, backward',
        () => ({ stream: other, recordedFrom: '2026-11-20T00:00:00.000Z', direction: 'backward' }),
        'dc',
      ],
      ['all at once', (at) => ({ stream, types: ['Odd'], actors: ['page'], after: at, before: at + 6 }), 'e'],
    ])('8: by %s', async (_what, options, notes) => {
      expect(notesOf(await recordsIn(shared.log, options(start))).join('')).toBe(notes);
    });

    it.each<[ReadOptions]>([
      [{ after: -1 }],
      [{ limit: 1.5 }],
      [{ recordedFrom: '2026-11-22' }],
      [{ direction: 'up' as never }],
      [{ color: 1 } as never],
    ])('11: refuses %j', async (options) => {
      await expect(recordsIn(shared.log, options)).rejects.toMatchObject({ code: 'InvalidAppend' });
    });

    it.each(['forward', 'backward'] as const)('8: %s in chunks, each record once', async (direction) => {
      const { log } = shared;
      const many = crypto.randomUUID();
      const note = 'x'.repeat(500);
      for (let round = 0; round < 4; round += 1) {
        await log.append(sampleAppend({ stream: many, events: range(0, 350).map(() => sampleEvent(note)) }));
      }

      const chunks: number[][] = [];
      for await (const chunk of log.read({ stream: many, direction }))
        chunks.push(chunk.map((r) => r.version));

      expect(chunks.length).toBeGreaterThan(1);
      expect(chunks.every((chunk) => chunk.length > 0)).toBe(true);
      const versions = direction === 'forward' ? range(1, 1400) : range(1, 1400).reverse();
      expect(chunks.flat()).toEqual(versions);
    });

    it('8: goes on to what is appended while it reads, and can be left at any time', async () => {
      const { log } = shared;
      const from = await log.head();
      await log.append(sampleAppend({ events: range(0, 600).map((n) => sampleEvent(`${n}`)) }));

      const positions: number[] = [];
      let appended = false;
      for await (const chunk of log.read({ after: from })) {
        positions.push(...positionsOf(chunk));
        if (!appended) await log.append(sampleAppend());
        appended = true;
      }
      expect(positions).toEqual(range(from + 1, 601));

      for await (const chunk of log.read({ after: from })) {
        expect(chunk[0]?.position).toBe(from + 1);
        break;
      }
      await expect(log.append(sampleAppend())).resolves.toMatchObject({ repeated: false });
    });
  });
}
