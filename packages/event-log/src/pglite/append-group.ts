import { APPEND_SQL, appendInGroup, type AppendCall } from '../sql/append-group.ts';
import { SqlFailure } from '../sql/sql-session.ts';
import { failureOf } from './faults.ts';
import type { PgliteSession, PreparedStatement } from './pglite-session.ts';
import type { AppendOutcome, PackedAppend } from './wire.ts';

export type AppendStatements = Readonly<Record<keyof typeof APPEND_SQL, PreparedStatement>>;

export async function prepareAppends(sql: PgliteSession): Promise<AppendStatements> {
  return {
    one: await sql.prepare(APPEND_SQL.one),
    many: await sql.prepare(APPEND_SQL.many),
    run: await sql.prepare(APPEND_SQL.run),
  };
}

/** {@link appendInGroup} on PGlite. */
export async function appendGroup(
  sql: PgliteSession,
  statements: AppendStatements,
  group: readonly PackedAppend[],
): Promise<AppendOutcome[]> {
  const commit = async (calls: readonly AppendCall[]) => {
    const result = await sql.pipeline(
      calls.map(({ statement, values }) => ({ statement: statements[statement], values })),
    );
    if (!result.ok) throw new SqlFailure(result.error);
    return result.rows;
  };
  return await appendInGroup({ commit, run: (text, values) => sql.run(text, values), failureOf }, group);
}
