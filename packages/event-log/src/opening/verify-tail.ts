import { GENESIS } from '../chain/chain-link.ts';
import type { SqlSession } from '../sql/sql-session.ts';
import { SqlChain } from '../sql/sql-chain.ts';

/** Events at the end of the log that each opening looks at: what a crash or a half-done copy would have harmed. */
const TAIL_LENGTH = 256;

/**
 * Why the end of a log without a chain of hashes does not hold together, or null when it does.
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
    return `the event at position ${newest - (gap === -1 ? positions.length : gap)} is missing`;
  }
  return null;
}

/**
 * Why the newest events are not what was appended, by the chain of their hashes; null when they are. The chain holds places and
 * content, so what {@link flawOfTail} looks at is looked at, too.
 */
export async function flawOfChain(sql: SqlSession): Promise<string | null> {
  const chain = new SqlChain(sql);
  const head = await chain.head();
  const position = Math.max(0, head.position - TAIL_LENGTH);
  const [row] = await sql.run(`SELECT encode(chain, 'hex') FROM events WHERE position = $1`, [
    String(position),
  ]);
  const before = { position, hash: row?.[0] ?? GENESIS.hash };
  // One more than there should be: an event after the one that the head names.
  const checked = await chain.check(before, TAIL_LENGTH + 1);
  if (checked.kind === 'broken')
    return `the event at position ${checked.position} was changed: ${checked.reason}`;
  return checked.link.hash === head.hash
    ? null
    : `its head is not the link of the event at position ${head.position}`;
}
