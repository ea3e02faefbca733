import type { BenchRow } from '../../../../scripts/bench/bench-row.ts';
import { measure } from '../measure.ts';
import { PEERS_DIRECTORY } from '../peers.ts';
import { inFreshDirectory } from '../places.ts';
import { quantile } from '../../../../scripts/bench/quantile.ts';
import type { BenchDurability } from '../subjects/subject.ts';
import type { SubjectName } from '../tasks/appending.ts';
import { absence, absentRow, Failures, ROUNDS, Rounds, type Part } from './part.ts';

const SUBJECTS: readonly SubjectName[] = [
  'retrace',
  'raw PGlite',
  'raw better-sqlite3',
  'emmett-sqlite',
  'emmett-postgresql',
];

const LIMITS = { power: 1.5, process: 2 } as const satisfies Record<BenchDurability, number>;

/** Appends one after the other, with an expectation where the subject knows of any, within one durability. */
export function appendPart(durability: BenchDurability): Part {
  return async (bench) => {
    const rounds = new Rounds<SubjectName, number[]>();
    const failures = new Failures();
    const present = SUBJECTS.filter((subject) => absence(bench, subject) === null);
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const subject of present) {
        const times = await failures.catch(subject, () =>
          inFreshDirectory((directory) =>
            measure('appendSequentially', subject, { directory, durability, peers: PEERS_DIRECTORY }),
          ),
        );
        if (times === null) continue;
        rounds.add(subject, times);
        bench.say(`${subject} at ${durability}: ${quantile(times).toFixed(2)} ms`);
      }
    }
    const ratios = rounds
      .paired('retrace', 'raw PGlite')
      .map(([ours, raw]) => quantile(ours) / quantile(raw));
    const facts = { better: 'lower', versions: bench.versions } as const;
    return [
      {
        id: `sequential append with expectation ÷ raw PGlite INSERT, at ${durability}`,
        value: quantile(ratios),
        limit: LIMITS[durability],
        unit: 'ratio',
        ...facts,
      },
      ...SUBJECTS.flatMap((subject): BenchRow[] => {
        const id = `sequential append at ${durability}, ${subject}`;
        const missing = absence(bench, subject);
        if (missing !== null) return [absentRow(bench, id, missing, 'ms')];
        const runs = rounds.of(subject);
        if (runs.length === 0) return [absentRow(bench, failures.beside(id, subject), 'no run', 'ms')];
        const medians = quantile(runs.map((times) => quantile(times)));
        const slowest = quantile(runs.flat(), 0.99);
        return [
          { id: failures.beside(id, subject), value: medians, limit: null, unit: 'ms', ...facts },
          { id: `${id}, p99`, value: slowest, limit: null, unit: 'ms', ...facts },
        ];
      }),
    ];
  };
}
