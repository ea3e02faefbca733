import fc from 'fast-check';
import type { Random } from './disk.ts';

/** Of everything that is drawn by chance in these tests. */
export const SEED = Number(process.env['RETRACE_SEED'] ?? 20261122);

/** Random numbers in [0, 1) that a seed decides. */
export function randomOf(seed: number): Random {
  const [numbers] = fc.sample(
    fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
    {
      seed,
      numRuns: 1,
    },
  );
  return () => {
    const next = numbers?.next();
    if (next === undefined || next.done === true) throw new Error('An infinite stream has ended.');
    return next.value;
  };
}
