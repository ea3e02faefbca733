import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { exportOf, inBytes, range, sampleAppend, sampleEvent } from '../contract/index.ts';
import { createMemoryLog } from '../memory/memory-log.ts';
import { verifyExport } from './verify-export.ts';

const EVENTS = 40;
const REDACTED = 17;
let bytes: Buffer;
let lines: readonly string[];

beforeAll(async () => {
  const log = createMemoryLog();
  for (const n of range(0, EVENTS / 2)) {
    await log.append(
      sampleAppend({ stream: `s${n % 3}`, events: [sampleEvent(`żółw \ufffd ${n}`), sampleEvent('🐢')] }),
    );
  }
  const redactedAt = '2026-11-22T10:00:00.000Z';
  await log.redact({ position: REDACTED, replacement: { note: 'gone' }, reason: 'asked', redactedAt });
  const text = await exportOf(log);
  bytes = Buffer.from(text);
  lines = text.split('\n').slice(0, -1);
});

/** The position that verifying names, or null where it finds nothing. */
async function firstDamage(source: AsyncIterable<string | Uint8Array>): Promise<number | null> {
  try {
    await verifyExport(source);
    return null;
  } catch (error) {
    expect(error).toMatchObject({ code: 'ExportDamaged' });
    return (error as { readonly position: number }).position;
  }
}

/** The line with the header's number 0, the events' positions, and after them the end. */
const place = fc.nat({ max: EVENTS + 1 });

/** Of lines 0 (the header) to EVENTS + 1 (the end), after a change. */
function damageOf(changed: readonly string[]): Promise<number | null> {
  return firstDamage(inBytes(changed.map((line) => `${line}\n`).join('')));
}

describe('verifying an export', () => {
  it('finds a whole one whole, however it is cut into chunks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: bytes.length + 1 }), async (size) => {
        const { head, redacted } = await verifyExport(inBytes(bytes.toString(), size));
        expect({ position: head.position, redacted }).toEqual({ position: EVENTS, redacted: 1 });
      }),
      { numRuns: 25 },
    );
  });

  it('1, 2: names the line of any byte that was changed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 1e9 }), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const index = at % bytes.length;
        const damaged = Buffer.from(bytes);
        damaged[index] = (bytes[index] ?? 0) ^ flip;
        const line = bytes.subarray(0, index).filter((byte) => byte === 0x0a).length;
        expect(await firstDamage(inBytes(damaged, 700))).toBe(line);
      }),
      { numRuns: 1500 },
    );
  });

  it('1, 2: names the first of two lines that were swapped', async () => {
    await fc.assert(
      fc.asyncProperty(place, place, async (a, b) => {
        fc.pre(a !== b);
        const swapped = lines.map((line, index) => lines[index === a ? b : index === b ? a : index] ?? line);
        expect(await damageOf(swapped)).toBe(Math.min(a, b));
      }),
    );
  });

  it('1, 2: names a line that was left out, and one that was repeated', async () => {
    await fc.assert(
      fc.asyncProperty(place, async (at) => {
        expect(await damageOf(lines.toSpliced(at, 1))).toBe(at);
        const repeated = lines.toSpliced(at, 0, lines[at] ?? '');
        // Whatever comes after the last line has the position after the last event.
        expect(await damageOf(repeated)).toBe(Math.min(at + 1, EVENTS + 1));
      }),
    );
  });

  it('1, 2: names the line that a cut-off file ends in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 1e9 }), async (at) => {
        const cut = bytes.subarray(0, at % bytes.length);
        const line = cut.filter((byte) => byte === 0x0a).length;
        expect(await firstDamage(inBytes(cut, 700))).toBe(line);
      }),
      { numRuns: 300 },
    );
  });

  it('1: finds what comes after the end', async () => {
    expect(await damageOf([...lines, ''])).toBe(EVENTS + 1);
    expect(await damageOf([...lines, ...lines])).toBe(EVENTS + 1);
  });

  it.each(['', '\n', 'no export at all\n', '{"format":"retrace-log","version":2,"events":0}\n', '{'])(
    'names the first line of what is no export: %j',
    async (text) => {
      expect(await firstDamage(inBytes(text))).toBe(0);
    },
  );
});
