import { describe, expect, it } from '@jest/globals';
import { exportLog } from '../export/export-log.ts';
import { importLog } from '../export/import-log.ts';
import type { LongWork } from '../export/progress.ts';
import { verifyExport } from '../export/verify-export.ts';
import { verifyLog } from '../export/verify-log.ts';
import type { EventLog } from '../port.ts';
import { withEmptyLog, type Shared } from './event-log-contract.ts';
import { range, recordsIn, sampleAppend, sampleEvent } from './sample-append.ts';

/** A whole export as one text. */
export async function exportOf(log: Pick<EventLog, 'chain'>, how: LongWork = {}): Promise<string> {
  let text = '';
  for await (const chunk of exportLog(log, how)) text += chunk;
  return text;
}

/** As a file's stream gives it: bytes, cut anywhere. */
export async function* inBytes(text: string | Buffer, size = 1000): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += size) {
    await Promise.resolve();
    yield bytes.subarray(start, start + size);
  }
}

/** The first `count` chunks of `source`, then a failure, as of a process that is killed. */
async function* endingAfter<T>(count: number, source: AsyncIterable<T>): AsyncGenerator<T> {
  let left = count;
  for await (const chunk of source) {
    if (left === 0) throw new Error('killed');
    left -= 1;
    yield chunk;
  }
}

export function describeExports(shared: Shared): void {
  describe('exporting, importing and verifying', () => {
    it('16: an export verifies, is imported whole, and exported again is the same to the byte', async () => {
      const { log } = shared;
      await log.append(
        sampleAppend({ events: range(0, 700).map((n) => sampleEvent(`żółw ${n}`.repeat(40))) }),
      );
      const { events } = await log.append(sampleAppend({ events: [sampleEvent('secret')] }));
      const redactedAt = '2026-11-22T10:00:00.000Z';
      await log.redact({
        position: events[0]?.position ?? 0,
        replacement: {},
        reason: 'asked for',
        redactedAt,
      });
      const head = await log.chain.head();

      const text = await exportOf(log);
      const verified = await verifyExport(inBytes(text));

      expect(verified.head).toEqual(head);
      expect(await verifyLog(log)).toEqual(verified);
      await withEmptyLog(shared, async (copy) => {
        expect(await importLog(copy, inBytes(text))).toEqual({ head, imported: head.position });
        expect(await exportOf(copy)).toBe(text);
        expect(await verifyLog(copy, { anchor: verified.head })).toEqual(verified);
        expect(await recordsIn(copy)).toEqual(await recordsIn(log));
      });
    });

    it('16: an empty log too', async () => {
      await withEmptyLog(shared, async (empty) => {
        const text = await exportOf(empty);
        const none = { position: 0, hash: '0'.repeat(64) };
        expect(text).toBe(
          `{"format":"retrace-log","version":1,"events":0}\n{"end":0,"chain":"${none.hash}"}\n`,
        );
        expect(await importLog(empty, inBytes(text))).toEqual({ head: none, imported: 0 });
        expect(await verifyLog(empty)).toEqual({ head: none, redacted: 0 });
      });
    });

    it('16: an import that was killed goes on where it was', async () => {
      const { log } = shared;
      const text = await exportOf(log);
      const head = await log.chain.head();
      await withEmptyLog(shared, async (copy) => {
        const reached: number[] = [];
        const killed = importLog(copy, endingAfter(3, exportLog(log)), {
          onProgress: (position) => reached.push(position),
        });
        await expect(killed).rejects.toThrow('killed');
        const half = await copy.head();
        expect(half).toBe(reached.at(-1));
        expect(half).toBeLessThan(head.position);

        expect(await importLog(copy, inBytes(text))).toEqual({ head, imported: head.position - half });
        expect(await importLog(copy, inBytes(text))).toEqual({ head, imported: 0 });
        expect(await exportOf(copy)).toBe(text);
      });
    });

    it('16: a log that has other events is not imported into, and stays as it is', async () => {
      const { log } = shared;
      await withEmptyLog(shared, async (other) => {
        await other.append(sampleAppend());
        const head = await other.chain.head();
        const refused = { code: 'ImportRefused' };
        await expect(importLog(other, exportLog(log))).rejects.toMatchObject(refused);
        await expect(importLog(log, exportLog(other))).rejects.toMatchObject(refused);
        expect(await other.chain.head()).toEqual(head);
      });
    });

    it('16: of a damaged export, the events before the damage are imported and none after it', async () => {
      const lines = (await exportOf(shared.log)).split('\n');
      lines[3] = lines[3]?.replace('"actor":"user"', '"actor":"page"') ?? '';
      await withEmptyLog(shared, async (copy) => {
        const damaged = { code: 'ExportDamaged', position: 3 };
        await expect(importLog(copy, inBytes(lines.join('\n')))).rejects.toMatchObject(damaged);
        expect(await copy.head()).toBeLessThan(3);
        await verifyLog(copy);
      });
    });

    it('16: each says how far it is, and ends when it is asked to', async () => {
      const { log } = shared;
      const head = await log.head();
      await withEmptyLog(shared, async (copy) => {
        const works = [
          (how: object) => importLog(copy, exportLog(log), how),
          (how: object) => verifyExport(exportLog(log), how),
          (how: object) => verifyLog(log, how),
          (how: object) => exportOf(log, how),
        ];
        for (const work of works) {
          const stop = new AbortController();
          const stopped = work({ signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) });
          await expect(stopped).rejects.toThrow('enough');

          const reached: [number, number][] = [];
          await work({ onProgress: (...progress: [number, number]) => reached.push(progress) });
          expect(reached.at(-1)).toEqual([head, head]);
          expect(reached).toEqual([...reached].sort(([a], [b]) => a - b));
        }
      });
    });
  });
}
