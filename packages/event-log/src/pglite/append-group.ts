import { appendResult, appendSql, appendValues, shapeOf } from './append-statement.ts';
import type { AppendShape } from './append-statement.ts';
import { failureOf } from './faults.ts';
import { chunkOf, readStatement } from './read-statement.ts';
import type { PgliteSession, PreparedStatement } from './pglite-session.ts';
import { SqlFailure, type SqlSession } from '../sql/sql-session.ts';
import type { AppendOutcome, PackedAppend } from './wire.ts';

export type AppendStatements = Readonly<Record<AppendShape, PreparedStatement>>;

export async function prepareAppends(sql: PgliteSession): Promise<AppendStatements> {
  return { one: await sql.prepare(appendSql('one')), many: await sql.prepare(appendSql('many')) };
}

/**
 * Appends a group in one transaction, with one commit, in order.
 *
 * Invariants:
 * 1. A refused append is told so, and the others of its group are committed.
 * 2. An error of PostgreSQL, which undoes the whole group, is told to the append that caused it only: each is tried alone then.
 */
export async function appendGroup(
  sql: PgliteSession,
  statements: AppendStatements,
  group: readonly PackedAppend[],
): Promise<AppendOutcome[]> {
  const result = await sql.pipeline(
    group.map((append) => ({ statement: statements[shapeOf(append)], values: appendValues(append) })),
  );
  const outcomes: AppendOutcome[] = [];
  if (result.ok) {
    for (const [index, append] of group.entries()) {
      outcomes.push(await outcomeOf(sql, append, appendResult(result.rows[index] ?? [])));
    }
    return outcomes;
  }
  const error = new SqlFailure(result.error);
  const failure = failureOf(error);
  // A disk that is full: trying again would only hang.
  if (failure.fatal) throw error;
  if (group.length === 1) return [{ kind: 'failed', failure }];
  for (const append of group) outcomes.push(...(await appendGroup(sql, statements, [append])));
  return outcomes;
}

async function outcomeOf(
  sql: SqlSession,
  append: PackedAppend,
  result: ReturnType<typeof appendResult>,
): Promise<AppendOutcome> {
  if (result.kind !== 'known') return result;
  if (result.contentHash !== append.contentHash) return { kind: 'conflict' };
  const first = readStatement({ after: result.position - 1, limit: append.data.length });
  return { kind: 'repeated', records: chunkOf(await sql.run(first.sql, first.values)).records };
}
