import { describe, expect, it } from '@jest/globals';
import { killVictims } from './killing.ts';

/** How many victims; more find more. */
const KILLS = Number(process.env['RETRACE_KILLS'] ?? 60);
const SEED = Number(process.env['RETRACE_SEED'] ?? 20261122);
const TIME_FOR_ONE = 20_000;

describe('kill -9 at any moment', () => {
  it(
    `loses nothing that was acknowledged, in ${KILLS} kills`,
    async () => {
      // Two at a time, each on directories of its own.
      const halves = [Math.ceil(KILLS / 2), Math.floor(KILLS / 2)];
      const found = await Promise.all(
        halves.map((kills, half) => killVictims(kills, SEED + half * 1_000, 'honest')),
      );
      expect(found.flatMap(({ broken }) => broken)).toEqual([]);
      expect(found.reduce((sum, { kills }) => sum + kills, 0)).toBe(KILLS);
      // Some died while the directory was being made or opened, and the others had something to lose.
      expect(found.some(({ killedAtStart }) => killedAtStart > 0)).toBe(true);
      expect(found.reduce((sum, { appendsAcknowledged }) => sum + appendsAcknowledged, 0)).toBeGreaterThan(
        KILLS,
      );
    },
    KILLS * TIME_FOR_ONE,
  );

  it(
    'finds a writer that acknowledges before it appends',
    async () => {
      const { broken } = await killVictims(40, SEED, 'early');
      expect(broken[0]).toContain('was acknowledged and is not in the log');
    },
    40 * TIME_FOR_ONE,
  );
});
