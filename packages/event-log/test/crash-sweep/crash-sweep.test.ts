import { describe, expect, it, jest } from '@jest/globals';
import { randomOf, SEED } from '../storage/random.ts';
import { Tally } from '../storage/tally.ts';
import type { Life } from '../victim/job.ts';
import { sweep } from './sweep.ts';

/** How many boundaries of each life; `Infinity` for all of them, more than an hour. */
const BOUNDARIES = Number(process.env['RETRACE_BOUNDARIES'] ?? 10);

jest.setTimeout(BOUNDARIES === Infinity ? 24 * 3_600_000 : 120_000 + BOUNDARIES * 30_000);

describe('a process that ends in place of any one of its storage operations', () => {
  it.each<{ readonly what: string; readonly before: readonly Life[]; readonly swept: Life }>([
    { what: 'first start, appends, rows, checkpoint on closing', before: [], swept: 'close' },
    { what: 'recovery, its checkpoint, appends, closing', before: ['work'], swept: 'close' },
  ])('leaves all that was acknowledged: $what', async ({ what, before, swept }) => {
    const tally = new Tally(`crash sweep of ${what}`);
    const boundaries = await sweep({ before, swept, count: BOUNDARIES, random: randomOf(SEED), tally });
    console.info(`${String(tally)} | boundaries: ${boundaries}`);
    expect(tally.faults).toEqual([]);
    expect(tally.judged).toBe(Math.min(BOUNDARIES, boundaries));
  });
});
