import type { BenchRow } from '../../../../scripts/bench/bench-row.ts';
import { measure } from '../measure.ts';
import { logOf } from '../million-log.ts';
import { inFreshDirectory } from '../places.ts';
import { quantile } from '../../../../scripts/bench/quantile.ts';
import type { Opening } from '../tasks/opening.ts';
import { ROUNDS, Rounds, type Part } from './part.ts';

const EVENTS = 1_000_000;

/** What opening a large log costs beside opening an empty one, in time and in memory. */
export const openPart: Part = async (bench) => {
  const [empty, million] = [await logOf(0), await logOf(EVENTS)];
  const rounds = new Rounds<'first start' | 'empty' | 'million', Opening>();
  // The first opening of each brings its files into the system's memory.
  await measure('openAndLook', empty);
  await measure('openAndLook', million);
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.add('first start', await inFreshDirectory((directory) => measure('openAndLook', directory)));
    rounds.add('empty', await measure('openAndLook', empty));
    rounds.add('million', await measure('openAndLook', million));
    for (const name of ['empty', 'million'] as const) {
      const last = rounds.of(name).at(-1);
      bench.say(`${name}: ${Math.round(last?.ms ?? NaN)} ms, ${Math.round(last?.residentMb ?? NaN)} MB`);
    }
  }
  const facts = { better: 'lower', versions: bench.versions } as const;
  const row = (id: string, value: number | null, unit: string, limit: number | null = null): BenchRow => ({
    id,
    value,
    limit,
    unit,
    ...facts,
  });
  const time = (name: 'first start' | 'empty' | 'million'): number =>
    quantile(rounds.of(name).map(({ ms }) => ms));
  const memory = (name: 'empty' | 'million'): number | null => {
    const sizes = rounds.of(name).flatMap(({ residentMb }) => residentMb ?? []);
    return sizes.length === 0 ? null : quantile(sizes);
  };
  return [
    row(
      'open a log of 1,000,000 events ÷ open an empty one',
      quantile(rounds.paired('million', 'empty').map(([large, small]) => large.ms / small.ms)),
      'ratio',
      1.2,
    ),
    row('resident memory of a process with an open log of 1,000,000 events', memory('million'), 'MB', 220),
    row('resident memory of a process with an open, empty log', memory('empty'), 'MB'),
    row('open a log of 1,000,000 events', time('million'), 'ms'),
    row('open an empty log', time('empty'), 'ms'),
    row('first start', time('first start'), 'ms'),
  ];
};
