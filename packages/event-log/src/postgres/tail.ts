import type { EventRecord } from '../port.ts';
import { CHUNK_LENGTH } from '../read-chunks.ts';

/**
 * The end of a log that several processes append to: gives each append once, whole, in order of position, whoever made it.
 *
 * Invariants:
 * 1. No position is left out and none is given twice: an append is given only when it is the next one; what lies before it is
 *    read first.
 * 2. One reading is under way at a time. News that comes meanwhile makes it go on, so no notification has to come on time.
 */
export class Tail {
  #given: number;
  #reading: Promise<void> | null = null;
  #news = false;

  /**
   * @param given the position up to which everything counts as given
   * @param read at most `limit` records after a position
   * @param give hears of each append
   */
  constructor(
    given: number,
    private readonly read: (after: number, limit: number) => Promise<readonly EventRecord[]>,
    private readonly give: (append: readonly EventRecord[]) => void,
  ) {
    this.#given = given;
  }

  /** Gives what this process has appended, where it is the next; else leaves it to the reading that `reach` makes. */
  appended(records: readonly EventRecord[]): void {
    if (records[0]?.position === this.#given + 1) this.#pass(records);
  }

  /** Resolves once everything up to `position` is given. Rejects with what `read` rejects with. */
  async reach(position: number): Promise<void> {
    if (this.#given < position) await this.catchUp();
  }

  /** Gives all that is in the log by now. */
  async catchUp(): Promise<void> {
    this.#news = true;
    this.#reading ??= this.#read();
    await this.#reading;
  }

  async #read(): Promise<void> {
    try {
      while (this.#news) {
        this.#news = false;
        await this.#readOn();
      }
    } finally {
      // In the same turn as the last look for news, so that none falls between.
      this.#reading = null;
    }
  }

  async #readOn(): Promise<void> {
    let append: EventRecord[] = [];
    let last = this.#given;
    for (let more = true; more;) {
      const records = await this.read(last, CHUNK_LENGTH);
      more = records.length === CHUNK_LENGTH;
      for (const record of records) {
        if (append[0]?.commandId !== record.commandId) {
          this.#pass(append);
          append = [];
        }
        append.push(record);
        last = record.position;
      }
    }
    this.#pass(append);
  }

  /** An append that was given while it was read again is passed over. */
  #pass(append: readonly EventRecord[]): void {
    const end = append.at(-1)?.position ?? 0;
    if (end <= this.#given) return;
    this.#given = end;
    this.give(append);
  }
}
