import type { RowChange, RowTables } from '@retrace/event-log';
import { LogError } from '@retrace/event-log';
import type { Folded } from './projection.ts';
import { sessionsTable, toRowsState, toSqlRow } from './session-rows.ts';

/** How long changes gather before they are written together, in milliseconds. A start folds what a crash left out. */
const GATHERING = 100;

/**
 * Keeps the SQL rows of the session table behind the projection. Appends never wait for it: it writes one change at a time,
 * and each carries all that came since the one before.
 */
export class RowWriter {
  #written: Folded | null;
  #writing: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #yielded = false;

  /**
   * @param written what the stored rows stand for, or null to write them all afresh
   * @param current the projection now
   * @param onFailure hears of every write that failed; the next one carries what it left out
   */
  constructor(
    private readonly rows: RowTables,
    written: Folded | null,
    private readonly current: () => Folded,
    private readonly onFailure: (error: unknown) => void,
  ) {
    this.#written = written;
  }

  /** Call after each change of the projection. */
  changed(): void {
    if (this.#yielded) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.flush().catch(this.onFailure);
    }, GATHERING);
  }

  /** Resolves once the rows stand for what the projection holds now. Rejects when they cannot be written. */
  async flush(): Promise<void> {
    const wanted = this.current().table.position;
    while (!this.#yielded && (this.#written === null || this.#written.table.position < wanted)) {
      this.#writing ??= this.#write().finally(() => {
        this.#writing = null;
      });
      await this.#writing;
    }
  }

  /** Writes nothing more by itself. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  async #write(): Promise<void> {
    const folded = this.current();
    try {
      await this.rows.write(rowChange(this.#written, folded));
    } catch (error) {
      const code = error instanceof LogError ? error.code : null;
      // A desktop of another version, which shares the log, has made the table its own.
      if (code === 'LogIncompatible') this.#yielded = true;
      if (code !== 'ExpectationFailed') throw error;
      // A desktop that shares the log has written them afresh, for less than this one has.
      await this.rows.write(rowChange(null, folded));
    }
    this.#written = folded;
  }
}

/**
 * The change of the rows that leads from one fold to another, found by identity: immer keeps the row objects that did not
 * change. From null, the rows are written afresh.
 */
export function rowChange(from: Folded | null, to: Folded): RowChange {
  const before = from?.table.sessions ?? {};
  const sessions = Object.values(to.table.sessions);
  const changed = sessions.filter(
    (row) => before[row.id] !== row || from?.versions[row.id] !== to.versions[row.id],
  );
  return {
    table: sessionsTable.name,
    position: to.table.position,
    state: toRowsState(to),
    upserts: changed.map((row) => toSqlRow(row, to.versions[row.id] ?? 0)),
    deletes: Object.keys(before).filter((id) => !Object.hasOwn(to.table.sessions, id)),
    ...(from === null && { clear: true as const }),
  };
}
