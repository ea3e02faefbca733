import type { BenchRow } from '../../../../scripts/bench/bench-row.ts';
import { measure } from '../measure.ts';
import { PEERS_DIRECTORY } from '../peers.ts';
import { inFreshDirectory } from '../places.ts';
import { quantile } from '../../../../scripts/bench/quantile.ts';
import type { Place } from '../subjects/subject.ts';
import { IN_FLIGHT, type SubjectName } from '../tasks/appending.ts';
import { absence, absentRow, Failures, ROUNDS, Rounds, type Part } from './part.ts';

/** SQLite's own driver blocks its thread for each append, so it has no other way than row by row. */
const SUBJECTS = ['retrace', 'emmett-sqlite', 'emmett-postgresql'] as const satisfies SubjectName[];
const ROW_BY_ROW = ['retrace', 'raw better-sqlite3'] as const satisfies SubjectName[];

/** Many appends at once, at `power`, beside the same one after the other. */
export const flightPart: Part = async (bench) => {
  const inFlight = new Rounds<SubjectName, number>();
  const rowByRow = new Rounds<SubjectName, number>();
  const failures = new Failures();
  const isPresent = (subject: SubjectName): boolean => absence(bench, subject) === null;
  const place = (directory: string): Place => ({ directory, durability: 'power', peers: PEERS_DIRECTORY });
  let [caused, told] = [0, 0];

  for (let round = 0; round < ROUNDS; round += 1) {
    for (const subject of ROW_BY_ROW.filter(isPresent)) {
      const times = await inFreshDirectory((directory) =>
        measure('appendSequentially', subject, place(directory)),
      );
      rowByRow.add(subject, 1000 / quantile(times));
    }
    for (const subject of SUBJECTS.filter(isPresent)) {
      const flight = await failures.catch(subject, () =>
        inFreshDirectory((directory) => measure('appendInFlight', subject, place(directory))),
      );
      if (flight === null) continue;
      inFlight.add(subject, flight.perSecond);
      if (flight.failure !== null) failures.add(subject, `${flight.failed} of a run, ${flight.failure}`);
      bench.say(
        `${subject}, ${IN_FLIGHT} in flight: ${Math.round(flight.perSecond)} events/s, ${flight.failed} failed`,
      );
    }
    const conflicts = await inFreshDirectory((directory) => measure('conflictInFlight', place(directory)));
    caused += conflicts.caused;
    // One that is told of another's conflict counts against one that was told of its own.
    told += conflicts.told - conflicts.others;
  }

  const ratio = (pairs: readonly (readonly [number, number])[]): number | null =>
    pairs.length === 0 ? null : quantile(pairs.map(([ours, other]) => ours / other));
  const besides = (name: SubjectName): (readonly [number, number])[] =>
    inFlight.of('retrace').flatMap((ours, round) => {
      const other = rowByRow.of(name)[round];
      return other === undefined ? [] : [[ours, other] as const];
    });
  const facts = { better: 'higher', versions: bench.versions } as const;
  return [
    {
      id: `${IN_FLIGHT} appends in flight ÷ the same one after the other, events a second, at power`,
      value: ratio(besides('retrace')),
      limit: 10,
      unit: 'ratio',
      ...facts,
    },
    {
      id: `${IN_FLIGHT} appends in flight ÷ raw better-sqlite3 row by row, events a second, at power`,
      value: ratio(besides('raw better-sqlite3')),
      limit: 3,
      unit: 'ratio',
      ...facts,
    },
    {
      id: `conflicts among ${IN_FLIGHT} appends in flight that are told to the one that caused them, and to no other`,
      value: told / caused,
      limit: 1,
      unit: 'ratio',
      ...facts,
    },
    ...ROW_BY_ROW.filter(isPresent).map((subject): BenchRow => {
      const id = `row by row at power, ${subject}`;
      return { id, value: quantile(rowByRow.of(subject)), limit: null, unit: 'events/s', ...facts };
    }),
    ...SUBJECTS.map((subject): BenchRow => {
      const id = `${IN_FLIGHT} appends in flight at power, ${subject}`;
      const missing = absence(bench, subject);
      if (missing !== null) return absentRow(bench, id, missing, 'events/s');
      const runs = inFlight.of(subject);
      const value = runs.length === 0 ? null : quantile(runs);
      return { id: failures.beside(id, subject), value, limit: null, unit: 'events/s', ...facts };
    }),
  ];
};
