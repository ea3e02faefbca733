import { describe, expect, it, jest } from '@jest/globals';
import { SEED } from '../storage/random.ts';
import { Tally } from '../storage/tally.ts';
import { killVictims } from './killing.ts';

/** How many victims; more find more. */
const KILLS = Number(process.env['RETRACE_KILLS'] ?? 200);
/** How many of them on one directory that is never closed. */
const CYCLES = Number(process.env['RETRACE_CYCLES'] ?? 15);

jest.setTimeout(60_000 + (KILLS + CYCLES) * 20_000);

describe('kill -9', () => {
  it(`at any moment takes no acknowledged event, in ${KILLS} kills`, async () => {
    const tally = new Tally('timed kills');
    // Two at a time, each on directories of its own.
    const halves = [Math.ceil(KILLS / 2), Math.floor(KILLS / 2)];
    const killed = await Promise.all(
      halves.map((kills, half) =>
        killVictims({ kills, killsPerDirectory: 10, seed: SEED + half, life: 'endless', tally }),
      ),
    );
    const sum = (of: 'kills' | 'atStart' | 'receipts'): number =>
      killed.reduce((total, one) => total + one[of], 0);
    console.info(
      `${String(tally)} | kills: ${sum('kills')}, ${sum('atStart')} of them while opening | receipts: ${sum('receipts')}`,
    );
    expect(tally.faults).toEqual([]);
    expect(sum('kills')).toBe(KILLS);
    // Some died while the directory was made or opened, and the others had something to lose.
    expect(sum('atStart')).toBeGreaterThan(0);
    expect(sum('receipts')).toBeGreaterThan(10 * KILLS);
  });

  it(`${CYCLES} times in a row, without a checkpoint on closing, leaves a log that opens with everything`, async () => {
    const tally = new Tally('cycles on one directory');
    const { kills, receipts } = await killVictims({
      kills: CYCLES,
      killsPerDirectory: CYCLES,
      seed: SEED,
      life: 'endless',
      tally,
    });
    console.info(`${String(tally)} | kills: ${kills} | receipts: ${receipts}`);
    expect(tally.faults).toEqual([]);
    expect(kills).toBe(CYCLES);
  });

  it('is seen to take events from a writer that acknowledges before it appends', async () => {
    const tally = new Tally('timed kills, acknowledged too early');
    await killVictims({ kills: 40, killsPerDirectory: 5, seed: SEED, life: 'endless-early', tally });
    console.info(String(tally));
    expect(tally.lost).toBeGreaterThan(0);
  });
});
