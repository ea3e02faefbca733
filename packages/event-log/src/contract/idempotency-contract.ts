import { describe, expect, it } from '@jest/globals';
import type { Shared } from './event-log-contract.ts';
import { CONTRACT_TABLES } from './event-log-contract.ts';
import { sampleAppend, sampleEvent, write } from './sample-append.ts';

export function describeIdempotency(shared: Shared): void {
  describe('command ids', () => {
    const NONE = { kind: 'no-stream' } as const;
    const twoStreams = () =>
      sampleAppend({
        writes: [write(crypto.randomUUID(), NONE, 'a', 'b'), write(crypto.randomUUID(), NONE, 'c')],
      });

    it('6: answer a repetition with the first receipt, also when the stream has gone on', async () => {
      const { log } = shared;
      const append = twoStreams();
      const first = await log.append(append);
      await log.append(sampleAppend({ stream: append.writes[0]?.stream ?? '' }));
      const head = await log.head();

      const again = await log.append(append);

      expect(again).toEqual({ ...first, repeated: true });
      expect(await log.head()).toBe(head);
    });

    it('6: append once when a command is sent many times at once', async () => {
      const { log } = shared;
      const append = twoStreams();
      const before = await log.head();

      const receipts = await Promise.all([1, 2, 3, 4].map(() => log.append(append)));

      expect(receipts.map(({ repeated }) => repeated)).toEqual([false, true, true, true]);
      expect(new Set(receipts.map(({ events }) => JSON.stringify(events))).size).toBe(1);
      expect(await log.head()).toBe(before + 3);
    });

    it('6: take the time, the version of the application and the expectation for no difference', async () => {
      const { log } = shared;
      const append = sampleAppend();
      await log.append(append);

      const again = await log.append({
        ...append,
        recordedAt: '2027-01-01T00:00:00.000Z',
        appVersion: '9.9.9',
        writes: append.writes.map((one) => ({ ...one, expectation: { kind: 'stream-exists' } })),
      });

      expect(again.repeated).toBe(true);
      expect(again.events[0]?.recordedAt).toBe(append.recordedAt);
    });

    it('6: refuse other content', async () => {
      const { log } = shared;
      const append = sampleAppend();
      await log.append(append);
      const head = await log.head();
      const others = [
        { ...append, actor: 'page' },
        { ...append, undoes: 'something' },
        { ...append, writes: append.writes.map((one) => ({ ...one, stream: 'elsewhere' })) },
        { ...append, writes: append.writes.map((one) => ({ ...one, events: [sampleEvent('other')] })) },
      ];

      for (const other of others) {
        await expect(log.append(other)).rejects.toMatchObject({ code: 'IdempotencyConflict' });
      }
      expect(await log.head()).toBe(head);
    });

    it('6: are free again after a refusal', async () => {
      const { log } = shared;
      const append = sampleAppend({ expectation: { kind: 'stream-exists' } });
      await expect(log.append(append)).rejects.toMatchObject({ code: 'ExpectationFailed' });

      const stream = append.writes[0]?.stream ?? '';
      await log.append(sampleAppend({ stream }));
      await expect(log.append(append)).resolves.toMatchObject({ repeated: false });
    });

    it('6: are remembered when the log is opened again', async () => {
      const { log, subject } = shared;
      // A log that ends with the process has nothing to remember.
      const reopen = subject.reopen ?? ((same: typeof log) => Promise.resolve(same));
      const append = twoStreams();
      const first = await log.append(append);

      shared.log = await reopen(log, CONTRACT_TABLES);

      await expect(shared.log.append(append)).resolves.toEqual({ ...first, repeated: true });
      await expect(shared.log.append({ ...append, actor: 'page' })).rejects.toMatchObject({
        code: 'IdempotencyConflict',
      });
    });
  });
}
