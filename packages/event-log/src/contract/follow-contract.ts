import { describe, expect, it } from '@jest/globals';
import { firstValueFrom, mergeMap, take, toArray, type Observable } from 'rxjs';
import type { EventRecord } from '../port.ts';
import type { Shared } from './event-log-contract.ts';
import { positionsOf, range, sampleAppend, sampleEvent } from './sample-append.ts';

/** The first `count` positions that `source` gives. */
function positions(source: Observable<readonly EventRecord[]>, count: number): Promise<number[]> {
  return firstValueFrom(
    source.pipe(
      mergeMap((records) => positionsOf(records)),
      take(count),
      toArray(),
    ),
  );
}

export function describeFollowing(shared: Shared): void {
  describe('following', () => {
    it('9: committed$ gives each append from subscription on, whole and in order', async () => {
      const { log } = shared;
      const before = await log.head();
      await log.append(sampleAppend());
      const given: number[][] = [];
      const subscription = log.committed$.subscribe((records) => given.push(positionsOf(records)));

      await Promise.all([
        log.append(sampleAppend({ events: [sampleEvent('a'), sampleEvent('b')] })),
        log.append(sampleAppend({ expectation: { kind: 'stream-exists' } })).catch(() => 'refused'),
        log.append(sampleAppend()),
      ]);
      subscription.unsubscribe();
      await log.append(sampleAppend());

      expect(given).toEqual([[before + 2, before + 3], [before + 4]]);
    });

    it('9: committed$ has given the records before the receipt is there', async () => {
      const { log } = shared;
      let newest = 0;
      const subscription = log.committed$.subscribe((records) => (newest = records.at(-1)?.position ?? 0));
      const { events } = await log.append(sampleAppend());
      expect(newest).toBe(events[0]?.position);
      subscription.unsubscribe();
    });

    it('9: a repetition is not given again', async () => {
      const { log } = shared;
      const append = sampleAppend();
      await log.append(append);
      const given: unknown[] = [];
      const subscription = log.committed$.subscribe((records) => given.push(records));
      await log.append(append);
      subscription.unsubscribe();
      expect(given).toEqual([]);
    });

    it('9: follow goes from what is there to what comes, without a gap or a repetition', async () => {
      const { log } = shared;
      const before = await log.head();
      const more = (count: number) => Promise.all(range(0, count).map(() => log.append(sampleAppend())));
      await more(30);

      // Followers that come at different moments of a stream of appends.
      const followers: Promise<number[]>[] = [];
      for (let round = 0; round < 10; round += 1) {
        followers.push(positions(log.follow(before), 130));
        await more(10);
      }

      for (const follower of followers) expect(await follower).toEqual(range(before + 1, 130));
    });

    it('9: a slow follower of a long log misses nothing that comes meanwhile', async () => {
      const { log } = shared;
      const before = await log.head();
      await log.append(sampleAppend({ events: range(0, 1000).map(() => sampleEvent('x'.repeat(300))) }));
      const following = positions(log.follow(before), 1050);
      for (let n = 0; n < 50; n += 1) await log.append(sampleAppend());
      expect(await following).toEqual(range(before + 1, 1050));
    });

    it('9: follow from the newest gives only what comes', async () => {
      const { log } = shared;
      const head = await log.head();
      const following = positions(log.follow(head), 2);
      await log.append(sampleAppend({ events: [sampleEvent('a'), sampleEvent('b')] }));
      expect(await following).toEqual([head + 1, head + 2]);
    });
  });
}
