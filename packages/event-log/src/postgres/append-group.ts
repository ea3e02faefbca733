import type { AppendOutcome, PackedAppend } from '../pglite/wire.ts';
import { appendInGroup } from '../sql/append-group.ts';
import type { SqlStatement } from '../sql/sql-session.ts';
import type { PostgresSession } from './postgres-session.ts';
import { failureOf } from './server-faults.ts';

/**
 * Before the first append of a transaction. Under READ COMMITTED each statement sees what was committed before it began; one that
 * waited for the lock inside the append itself would go on with the versions and command ids from before it waited.
 */
const LOCK: SqlStatement = { sql: 'SELECT FROM log_head FOR UPDATE', values: [] };

/**
 * {@link appendInGroup} on a server: one round trip for one event, two for more; the last also notifies `channel` with its commit.
 *
 * Invariant: writers take turns from the first statement of a transaction to its commit. Expectations and command ids are judged by
 * all that was committed before, so a race between processes ends as it would between two appends of one.
 */
export async function appendGroup(
  session: Pick<PostgresSession, 'all' | 'allAfter' | 'run'>,
  channel: string,
  group: readonly PackedAppend[],
): Promise<AppendOutcome[]> {
  const notice: SqlStatement = { sql: `SELECT pg_notify($1, '')`, values: [channel] };
  return await appendInGroup(
    {
      run: (sql, values) => session.run(sql, values),
      commit: async (statements) => (await session.all([LOCK, ...statements, notice])).slice(1),
      commitAfter: (questions, statementsFor) =>
        session.allAfter([LOCK, ...questions], (answers) => {
          const statements = statementsFor(answers.slice(1));
          return statements.length === 0 ? [] : [...statements, notice];
        }),
      failureOf,
    },
    group,
  );
}
