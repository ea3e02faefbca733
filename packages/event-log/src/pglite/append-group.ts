import { appendInGroup } from '../sql/append-group.ts';
import type { SqlSession } from '../sql/sql-session.ts';
import { failureOf } from './faults.ts';
import type { AppendOutcome, PackedAppend } from './wire.ts';

/** {@link appendInGroup} on PGlite, whose one owner asks one thing at a time. */
export async function appendGroup(
  sql: Pick<SqlSession, 'all' | 'run'>,
  group: readonly PackedAppend[],
): Promise<AppendOutcome[]> {
  return await appendInGroup(
    {
      run: (text, values) => sql.run(text, values),
      commit: (statements) => sql.all(statements),
      commitAfter: async (questions, statementsFor) => {
        const statements = statementsFor(await sql.all(questions));
        if (statements.length > 0) await sql.all(statements);
      },
      failureOf,
    },
    group,
  );
}
