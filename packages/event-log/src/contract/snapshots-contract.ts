import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Json } from '../port.ts';
import { CONTRACT_TABLES, type Shared } from './event-log-contract.ts';
import { sampleAppend } from './sample-append.ts';

export function describeSnapshots(shared: Shared): void {
  describe('snapshots', () => {
    it('17: come back as they were saved, the newest at or before a position', async () => {
      const { snapshots } = shared.log;
      const name = randomUUID();
      const state: Json = { list: [1, null, 'żółw \\ "q"'], deep: { er: 1e300 } };
      await snapshots.save(name, 20, [20]);
      await snapshots.save(name, 10, state);
      await snapshots.save(randomUUID(), 15, [15]);

      expect(await snapshots.newest(name, 9)).toBeNull();
      expect(await snapshots.newest(name, 10)).toEqual({ position: 10, state });
      expect(await snapshots.newest(name, 19)).toEqual({ position: 10, state });
      expect(await snapshots.newest(name, 1_000_000)).toEqual({ position: 20, state: [20] });
    });

    it('17: are replaced where one is saved at the same position again', async () => {
      const { snapshots } = shared.log;
      const name = randomUUID();
      await snapshots.save(name, 10, ['first']);
      await snapshots.save(name, 10, ['second']);
      expect(await snapshots.newest(name, 10)).toEqual({ position: 10, state: ['second'] });
    });

    it('17: are dropped one by one, or all of a name', async () => {
      const { snapshots } = shared.log;
      const [name, other] = [randomUUID(), randomUUID()];
      for (const position of [10, 20, 30]) await snapshots.save(name, position, [position]);
      await snapshots.save(other, 10, []);

      await snapshots.drop(name, 30);
      expect(await snapshots.newest(name, 30)).toMatchObject({ position: 20 });
      await snapshots.drop(name);
      expect(await snapshots.newest(name, 30)).toBeNull();
      expect(await snapshots.newest(other, 30)).toEqual({ position: 10, state: [] });
    });

    it('17: do not outlive the redaction of an event that they hold', async () => {
      const { log } = shared;
      const name = randomUUID();
      const { events } = await log.append(sampleAppend());
      const position = events[0]?.position ?? 0;
      if (position > 1) await log.snapshots.save(name, position - 1, ['before']);
      await log.snapshots.save(name, position, ['holds it']);
      await log.append(sampleAppend());
      await log.snapshots.save(name, position + 1, ['holds it too']);

      await log.redact({
        position,
        replacement: { note: '' },
        reason: 'asked for',
        redactedAt: '2026-11-22T09:00:00.000Z',
      });

      const newest = await log.snapshots.newest(name, position + 1);
      expect(newest).toEqual(position > 1 ? { position: position - 1, state: ['before'] } : null);
    });

    it('17: are there when the log is opened again', async () => {
      const { subject, log } = shared;
      const name = randomUUID();
      await log.snapshots.save(name, 10, ['kept']);
      shared.log = (await subject.reopen?.(log, CONTRACT_TABLES)) ?? log;
      expect(await shared.log.snapshots.newest(name, 10)).toEqual({ position: 10, state: ['kept'] });
    });

    it.each<[string, string, number, Json]>([
      ['a position of no event', 'name', 0, null],
      ['half a position', 'name', 1.5, null],
      ['no name', '', 1, null],
      ['a name that SQL cannot hold', '\u0000', 1, null],
      ['state that SQL cannot hold', 'name', 1, '\u0000'],
      ['a number that JSON has no word for', 'name', 1, NaN],
    ])('11: refuse %s', async (_, name, position, state) => {
      await expect(shared.log.snapshots.save(name, position, state)).rejects.toMatchObject({
        code: 'InvalidAppend',
      });
    });
  });
}
