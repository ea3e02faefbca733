import type { BenchRow } from '../../../../scripts/bench/bench-row.ts';
import { measure } from '../measure.ts';
import { logOf } from '../million-log.ts';
import { quantile } from '../../../../scripts/bench/quantile.ts';
import { FOLDED, RAW_READS, type Folding, type RawRead } from '../tasks/folding.ts';
import { ROUNDS, Rounds, type Part } from './part.ts';

// The keys are those of the table.
const WAYS = Object.keys(RAW_READS) as RawRead[];
const EVENTS = 1_000_000;

/** Reading and folding events from the start of a large log, beside the ways to read the same rows from PGlite itself. */
export const readPart: Part = async (bench) => {
  const directory = await logOf(EVENTS);
  const rounds = new Rounds<'retrace' | RawRead, Folding>();
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.add('retrace', await measure('foldRetrace', directory));
    for (const way of WAYS) rounds.add(way, await measure('foldRaw', directory, way));
    for (const name of ['retrace', ...WAYS] as const) {
      bench.say(`${name}: ${Math.round(rounds.of(name).at(-1)?.ms ?? NaN)} ms`);
    }
  }
  const median = (name: 'retrace' | RawRead): number => quantile(rounds.of(name).map(({ ms }) => ms));
  const sums = new Set(
    (['retrace', ...WAYS] as const).flatMap((name) => rounds.of(name)).map(({ sum }) => sum),
  );
  if (sums.size > 1) throw new Error(`The ways of reading do not agree: ${[...sums].join(' / ')}`);
  const [fastest = 'lines of COPY'] = [...WAYS].sort((a, b) => median(a) - median(b));
  const ratios = rounds.paired(fastest, 'retrace').map(([raw, ours]) => raw.ms / ours.ms);
  const facts = { better: 'higher', versions: bench.versions } as const;
  return [
    {
      id: `read and fold ${FOLDED} events ÷ the fastest raw PGlite read of the same rows (${fastest}), events a second`,
      value: quantile(ratios),
      limit: 0.9,
      unit: 'ratio',
      ...facts,
    },
    ...(['retrace', ...WAYS] as const).map((name): BenchRow => {
      const id = name === 'retrace' ? name : `raw PGlite, ${name}`;
      return {
        id: `read and fold ${FOLDED} events, ${id}`,
        value: (FOLDED / median(name)) * 1000,
        limit: null,
        unit: 'events/s',
        ...facts,
      };
    }),
  ];
};
