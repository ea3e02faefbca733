import type { BenchRow } from '../../../../scripts/bench/bench-row.ts';
import type { Installation, Peer } from '../peers.ts';
import type { SubjectName } from '../tasks/appending.ts';

/** What the parts of the benchmark measure with. */
export interface Bench {
  readonly peers: Readonly<Record<Peer, Installation>>;
  readonly versions: Readonly<Record<string, string>>;
  /** Says how far it is. */
  readonly say: (sentence: string) => void;
}

/** One part of the benchmark: some rows that are measured together, in turns. */
export type Part = (bench: Bench) => Promise<BenchRow[]>;

/** Each in a process and a directory of its own, one after the other, so that whatever else slows the machine slows all of them. */
export const ROUNDS = 5;

/** The peer that a subject needs. */
export const PEER_OF = {
  retrace: null,
  'raw PGlite': null,
  'raw better-sqlite3': 'better-sqlite3',
  'emmett-sqlite': 'emmett-sqlite',
  'emmett-postgresql': 'emmett-postgresql',
} as const satisfies Record<SubjectName, Peer | null>;

/** Why a subject cannot be measured, or null when it can. */
export function absence(bench: Bench, subject: SubjectName): string | null {
  const peer = PEER_OF[subject];
  if (peer === null) return null;
  const installation = bench.peers[peer];
  return installation.installed ? null : `could not be installed: ${installation.reason}`;
}

/** The row of a subject that could not be measured. */
export function absentRow(bench: Bench, id: string, reason: string, unit: string): BenchRow {
  return {
    id: `${id} (${reason})`,
    value: null,
    limit: null,
    better: 'lower',
    unit,
    versions: bench.versions,
  };
}

/** Which runs of which peer failed, and why. A run of ours that fails ends the benchmark. */
export class Failures {
  readonly #said = new Map<SubjectName, string>();

  /** What `run` gives, or null where it fails and the subject is a peer. */
  async catch<T>(subject: SubjectName, run: () => Promise<T>): Promise<T | null> {
    try {
      return await run();
    } catch (error) {
      if (PEER_OF[subject] === null) throw error;
      this.add(subject, lastWords(error));
      return null;
    }
  }

  add(subject: SubjectName, reason: string): void {
    this.#said.set(subject, reason);
  }

  /** `id`, with the subject's last failure where it has any. */
  beside(id: string, subject: SubjectName): string {
    const reason = this.#said.get(subject);
    return reason === undefined ? id : `${id} (failed: ${reason})`;
  }
}

function lastWords(error: unknown): string {
  return /Error: (?!.*gave no result)[^\n{]+/.exec(String(error))?.[0].trim() ?? String(error);
}

/** What each subject gave in each round, in order. */
export class Rounds<Name extends string, Sample> {
  readonly #samples = new Map<Name, Sample[]>();

  add(name: Name, sample: Sample): void {
    this.#samples.set(name, [...this.of(name), sample]);
  }

  of(name: Name): readonly Sample[] {
    return this.#samples.get(name) ?? [];
  }

  /** `of(name)` beside that of another subject in the same round. */
  paired(name: Name, other: Name): (readonly [Sample, Sample])[] {
    const others = this.of(other);
    return this.of(name).flatMap((sample, round) => {
      const beside = others[round];
      return beside === undefined ? [] : [[sample, beside] as const];
    });
  }
}
