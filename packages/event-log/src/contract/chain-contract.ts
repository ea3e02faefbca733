import { describe, expect, it } from '@jest/globals';
import { GENESIS, linkAfter } from '../chain/chain-link.ts';
import { contentHash } from '../content-hash.ts';
import { digestOf, sha256 } from '../chain/digest.ts';
import type { Append, ChainLink, EventLog, EventRecord } from '../port.ts';
import { withEmptyLog, type Shared } from './event-log-contract.ts';
import { notesOf, range, recordsIn, sampleAppend, sampleEvent, write } from './sample-append.ts';

const ANY = { kind: 'any' } as const;
const ALL = 1_000_000;

/** The link that the receipt's events make, computed beside the log. */
function linkOf(before: ChainLink, append: Append, events: readonly EventRecord[]): ChainLink {
  return events.reduce((link, event, index) => {
    const hash = index === 0 ? contentHash(append) : null;
    const digest = digestOf({ ...event, contentHash: hash }, sha256(JSON.stringify(event.data)));
    return linkAfter(link, event.version, digest);
  }, before);
}

/** A few appends of every shape. */
async function fill(log: EventLog): Promise<void> {
  const [a, b] = [crypto.randomUUID(), crypto.randomUUID()];
  await log.append(sampleAppend({ stream: a, events: [sampleEvent('żółw "🐢" \\,"data":{}')] }));
  await log.append(
    sampleAppend({ writes: [write(b, ANY, 'b1', 'b2'), write(a, ANY, 'a2')], undoes: ',"data":' }),
  );
  await Promise.all(
    range(0, 5).map((n) => log.append(sampleAppend({ stream: b, events: [sampleEvent(`${n}`)] }))),
  );
}

export function describeChain(shared: Shared): void {
  describe('the chain', () => {
    it('12: links one event, several events of several streams, and a group of appends', async () => {
      const { log } = shared;
      const stream = crypto.randomUUID();
      const appends = [
        sampleAppend({ stream }),
        sampleAppend({
          writes: [
            write(stream, ANY, 'a', 'b'),
            write(crypto.randomUUID(), ANY, 'c'),
            write('fixed', ANY, 'd'),
          ],
          causationId: 'cause',
        }),
        ...range(0, 9).map((n) =>
          sampleAppend({ stream, events: range(0, (n % 3) + 1).map((m) => sampleEvent(`${m}`)) }),
        ),
      ];
      const before = await log.chain.head();

      const receipts = await Promise.all(appends.map((append) => log.append(append)));

      const links = appends.reduce(
        (link, append, index) => linkOf(link, append, receipts[index]?.events ?? []),
        before,
      );
      expect(await log.chain.head()).toEqual(links);
      expect(links.position).toBe(await log.head());
    });

    it('12: is not moved by what is refused or repeated', async () => {
      const { log } = shared;
      const append = sampleAppend();
      await log.append(append);
      const link = await log.chain.head();

      await log.append(append);
      await log.append({ ...append, actor: 'page' }).catch(() => 'conflict');
      await log.append(sampleAppend({ expectation: { kind: 'exact', version: 3 } })).catch(() => 'refused');

      expect(await log.chain.head()).toEqual(link);
    });

    it('12: checks the whole log, in stretches', async () => {
      const { log } = shared;
      const head = await log.chain.head();
      let link = GENESIS;
      while (link.position < head.position) {
        const checked = await log.chain.check(link, 700);
        if (checked.kind === 'broken') throw new Error(`${checked.position}: ${checked.reason}`);
        expect(checked.link.position).toBe(Math.min(link.position + 700, head.position));
        ({ link } = checked);
      }
      expect(link).toEqual(head);
      expect(await log.chain.check(head, 10)).toEqual({ kind: 'whole', link: head, redacted: 0 });
    });

    it('12: names the first event that does not follow from a link', async () => {
      const { log } = shared;
      expect(await log.chain.check({ position: 1, hash: GENESIS.hash }, 10)).toMatchObject({
        kind: 'broken',
        position: 2,
      });
    });

    it('13: goes on in another log from lines that were exported, command ids included', async () => {
      const { log } = shared;
      const append = sampleAppend({ writes: [write(crypto.randomUUID(), ANY, 'a', 'b')] });
      await fill(log);
      const receipt = await log.append(append);
      const head = await log.chain.head();
      const lines = await log.chain.exportLines(0, ALL);

      await withEmptyLog(shared, async (copy) => {
        const given: number[] = [];
        const subscription = copy.committed$.subscribe((events) =>
          given.push(...events.map((e) => e.position)),
        );
        const half = Math.floor(head.position / 2);
        const first = lines.split('\n').slice(0, half).join('\n') + '\n';
        const imported = await copy.chain.importLines(GENESIS, first);
        if (imported.kind !== 'imported') throw new Error(JSON.stringify(imported));
        expect(await copy.chain.importLines(imported.link, lines.slice(first.length))).toEqual({
          kind: 'imported',
          link: head,
        });
        subscription.unsubscribe();

        expect(given).toEqual(range(1, head.position));
        expect(await copy.chain.head()).toEqual(head);
        expect(await copy.chain.exportLines(0, ALL)).toBe(lines);
        expect(await recordsIn(copy)).toEqual(await recordsIn(log));
        expect(await copy.append(append)).toEqual({
          ...receipt,
          durability: copy.durability,
          repeated: true,
        });
        await expect(copy.append({ ...append, actor: 'page' })).rejects.toMatchObject({
          code: 'IdempotencyConflict',
        });
        const next = sampleAppend({ stream: 'fixed', expectation: { kind: 'stream-exists' } });
        const { events } = await copy.append(next);
        expect(await copy.chain.head()).toEqual(linkOf(head, next, events));
      });
    });

    it('13: refuses lines for another place, and tells where the log is', async () => {
      const { log } = shared;
      const head = await log.chain.head();
      const lines = await log.chain.exportLines(0, 3);
      expect(await log.chain.importLines(GENESIS, lines)).toEqual({ kind: 'elsewhere', head });
      expect(await log.chain.importLines({ ...head, hash: GENESIS.hash }, '')).toEqual({
        kind: 'elsewhere',
        head,
      });
      expect(await log.chain.head()).toEqual(head);
    });

    it('13: imports none of the lines when one is damaged, and names its position', async () => {
      const { log } = shared;
      const lines = (await log.chain.exportLines(0, 5)).split('\n').slice(0, -1);
      const damage = (at: number, change: (line: string) => string): string =>
        lines.map((line, index) => `${index === at ? change(line) : line}\n`).join('');
      await withEmptyLog(shared, async (copy) => {
        for (const [damaged, position] of [
          [damage(2, (line) => line.replace('"user"', '"page"')), 3],
          [damage(0, (line) => line.replace('"note":"', '"note":"x')), 1],
          [damage(4, (line) => `${line.slice(0, -1)} }`), 5],
          [damage(3, () => 'null'), 4],
          [[lines[0], lines[2], ''].join('\n'), 2],
        ] as const) {
          expect(await copy.chain.importLines(GENESIS, damaged)).toMatchObject({ kind: 'broken', position });
        }
        expect(await copy.head()).toBe(0);
      });
    });

    it('14: still fits when an event is redacted, and its line says so', async () => {
      const { log } = shared;
      const { events } = await log.append(
        sampleAppend({ events: [sampleEvent('secret'), sampleEvent('public')] }),
      );
      const position = events[0]?.position ?? 0;
      const before = { position: position - 1, hash: '' };
      const head = await log.chain.head();
      const redaction = {
        position,
        replacement: { note: null },
        reason: 'asked for',
        redactedAt: '2026-11-22T10:00:00.000Z',
      };

      await log.redact(redaction);
      await log.redact({ ...redaction, replacement: { note: 'erased' }, reason: 'asked for again' });

      expect(notesOf(await recordsIn(log, { after: before.position }))).toEqual(['erased', 'public']);
      expect(await log.chain.head()).toEqual(head);
      const line = (await log.chain.exportLines(before.position, 1)).trimEnd();
      expect(JSON.parse(line)).toMatchObject({
        data: { note: 'erased' },
        redaction: {
          dataHash: sha256('{"note":"secret"}'),
          reason: 'asked for again',
          redactedAt: '2026-11-22T10:00:00.000Z',
        },
      });
      const lines = await log.chain.exportLines(0, ALL);
      expect(await log.chain.check(GENESIS, ALL)).toEqual({ kind: 'whole', link: head, redacted: 1 });
      await withEmptyLog(shared, async (copy) => {
        expect(await copy.chain.importLines(GENESIS, lines)).toEqual({ kind: 'imported', link: head });
        expect(await copy.chain.exportLines(0, ALL)).toBe(lines);
        expect(await copy.chain.check(GENESIS, ALL)).toEqual({ kind: 'whole', link: head, redacted: 1 });
      });
    });

    it('14: a redaction of what is not there is refused, and one that is malformed', async () => {
      const { log } = shared;
      const redaction = { position: 1, replacement: {}, reason: '', redactedAt: '2026-11-22T10:00:00.000Z' };
      const invalid = { code: 'InvalidAppend' };
      await expect(log.redact({ ...redaction, position: ALL })).rejects.toMatchObject(invalid);
      await expect(log.redact({ ...redaction, position: 0 })).rejects.toMatchObject(invalid);
      await expect(log.redact({ ...redaction, redactedAt: 'now' })).rejects.toMatchObject(invalid);
      await expect(log.redact({ ...redaction, replacement: null as never })).rejects.toMatchObject(invalid);
    });
  });
}
