import type { SqlSession } from '../sql/sql-session.ts';

/** Events at the end of the log that each opening looks at: what a crash or a half-done copy would have harmed. */
const TAIL_LENGTH = 256;

/**
 * Why the end of the log does not hold together, or null when it does.
 *
 * Invariants of a whole log, as far as its end shows them:
 * 1. The head row agrees with the newest event.
 * 2. Positions are dense.
 * 3. Each event can be read: PostgreSQL checks the checksum of every page that it reads, of tables and indexes.
 */
export async function flawOfTail(sql: Pick<SqlSession, 'run'>): Promise<string | null> {
  const [[head] = []] = await sql.run('SELECT position FROM log_head');
  const tail = await sql.run(
    // The data's length asks for the data itself, which may lie apart from its row.
    'SELECT position, length(data::text) FROM events ORDER BY position DESC LIMIT $1',
    [String(TAIL_LENGTH)],
  );
  const positions = tail.map(([position]) => Number(position));
  const newest = positions[0] ?? 0;
  if (head === undefined || Number(head) !== newest) {
    return `its head says ${head ?? 'nothing'}, and its newest event is at ${newest}`;
  }
  const wanted = Math.min(newest, TAIL_LENGTH);
  const gap = positions.findIndex((position, index) => position !== newest - index);
  if (gap !== -1 || positions.length !== wanted) {
    return `the event at ${newest - (gap === -1 ? positions.length : gap)} is missing`;
  }
  return null;
}
