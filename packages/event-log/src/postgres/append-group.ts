import type { AppendOutcome, PackedAppend } from '../pglite/wire.ts';
import { APPEND_SQL, appendInGroup, type AppendCall } from '../sql/append-group.ts';
import type { SqlSession, SqlStatement } from '../sql/sql-session.ts';
import { failureOf } from './server-faults.ts';

/**
 * Before the first append of a transaction. Under READ COMMITTED each statement sees what was committed before it began; one that
 * waited for the lock inside the append itself would go on with the versions and command ids from before it waited.
 */
const LOCK: SqlStatement = { sql: 'SELECT FROM log_head FOR UPDATE', values: [] };

/**
 * {@link appendInGroup} on a server: one round trip, which also notifies `channel` with its commit.
 *
 * Invariant: writers take turns from the first statement of a transaction to its commit. Expectations and command ids are judged by
 * all that was committed before, so a race between processes ends as it would between two appends of one.
 */
export async function appendGroup(
  session: Pick<SqlSession, 'all' | 'run'>,
  channel: string,
  group: readonly PackedAppend[],
): Promise<AppendOutcome[]> {
  const commit = async (calls: readonly AppendCall[]) => {
    const rows = await session.all([
      LOCK,
      ...calls.map(({ statement, values }) => ({ sql: APPEND_SQL[statement], values })),
      { sql: `SELECT pg_notify($1, '')`, values: [channel] },
    ]);
    return rows.slice(1);
  };
  return await appendInGroup({ commit, run: (sql, values) => session.run(sql, values), failureOf }, group);
}
