import { appendResult, appendSql, appendValues, shapeOf } from '../pglite/append-statement.ts';
import { chunkOf, readStatement } from '../pglite/read-statement.ts';
import type { AppendOutcome, PackedAppend } from '../pglite/wire.ts';
import { SqlFailure, type SqlSession, type SqlStatement } from '../sql/sql-session.ts';
import { failureOf } from './server-faults.ts';

const SQL = { one: appendSql('one'), many: appendSql('many') };

/**
 * Before the first append of a transaction. Under READ COMMITTED each statement sees what was committed before it began; one that
 * waited for the lock inside the append itself would go on with the versions and command ids from before it waited.
 */
const LOCK: SqlStatement = { sql: 'SELECT FROM log_head FOR UPDATE', values: [] };

/**
 * Appends a group in one transaction and one round trip, in order, and notifies `channel` with its commit.
 *
 * Invariants:
 * 1. Writers take turns from the first statement of a transaction to its commit: expectations and command ids are judged by all
 *    that was committed before, so a race between processes ends as it would between two appends of one.
 * 2. A refused append is told so, and the others of its group are committed.
 * 3. An error of PostgreSQL, which undoes the whole group, is told to the append that caused it only: each is tried alone then.
 */
export async function appendGroup(
  session: Pick<SqlSession, 'all' | 'run'>,
  channel: string,
  group: readonly PackedAppend[],
): Promise<AppendOutcome[]> {
  const outcomes: AppendOutcome[] = [];
  try {
    const [, ...results] = await session.all([
      LOCK,
      ...group.map((append) => ({ sql: SQL[shapeOf(append)], values: appendValues(append) })),
      { sql: `SELECT pg_notify($1, '')`, values: [channel] },
    ]);
    for (const [index, append] of group.entries()) {
      outcomes.push(await outcomeOf(session, append, appendResult(results[index] ?? [])));
    }
    return outcomes;
  } catch (error) {
    if (!(error instanceof SqlFailure)) throw error;
    if (group.length === 1) return [{ kind: 'failed', failure: failureOf(error) }];
  }
  for (const append of group) outcomes.push(...(await appendGroup(session, channel, [append])));
  return outcomes;
}

async function outcomeOf(
  session: Pick<SqlSession, 'run'>,
  append: PackedAppend,
  result: ReturnType<typeof appendResult>,
): Promise<AppendOutcome> {
  if (result.kind !== 'known') return result;
  if (result.contentHash !== append.contentHash) return { kind: 'conflict' };
  const first = readStatement({ after: result.position - 1, limit: append.data.length });
  return { kind: 'repeated', records: chunkOf(await session.run(first.sql, first.values)).records };
}
