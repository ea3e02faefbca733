import type { Verdict } from './verdict.ts';

/** Counts verdicts, and keeps what was said of those that are not whole. */
export class Tally {
  readonly faults: string[] = [];
  readonly #counts: Record<Verdict['kind'], number> = { whole: 0, lost: 0, inconsistent: 0 };

  constructor(private readonly what: string) {}

  add(name: string, verdict: Verdict): void {
    this.#counts[verdict.kind] += 1;
    if (verdict.kind !== 'whole') this.faults.push(`${name}: ${verdict.kind}: ${verdict.why}`);
  }

  get judged(): number {
    return this.#counts.whole + this.lost + this.inconsistent;
  }

  get lost(): number {
    return this.#counts.lost;
  }

  get inconsistent(): number {
    return this.#counts.inconsistent;
  }

  /** One line of a table. */
  toString(): string {
    return `${this.what}: ${this.judged} judged | acknowledged but lost: ${this.lost} | inconsistent: ${this.inconsistent}`;
  }
}
