import { APPEND_RUN_SQL, appendRunResults, appendRunValues, runsOf } from './append-run.ts';
import { appendResult, appendSql, appendValues, shapeOf } from './append-statement.ts';
import type { AppendResult, AppendShape } from './append-statement.ts';
import { failureOf } from './faults.ts';
import { chunkOf, readStatement } from './read-statement.ts';
import type { Bound, PgliteSession, PreparedStatement } from './pglite-session.ts';
import { SqlFailure, type SqlRow, type SqlSession } from '../sql/sql-session.ts';
import type { AppendOutcome, PackedAppend } from './wire.ts';

export type AppendStatements = Readonly<Record<AppendShape | 'run', PreparedStatement>>;

export async function prepareAppends(sql: PgliteSession): Promise<AppendStatements> {
  return {
    one: await sql.prepare(appendSql('one')),
    many: await sql.prepare(appendSql('many')),
    run: await sql.prepare(APPEND_RUN_SQL),
  };
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
  const runs = runsOf(group);
  const result = await sql.pipeline(runs.map((run) => boundRun(statements, run)));
  const outcomes: AppendOutcome[] = [];
  if (result.ok) {
    const results = runs.flatMap((run, index) => resultsOf(run, result.rows[index] ?? []));
    for (const [index, append] of group.entries()) {
      outcomes.push(await outcomeOf(sql, append, at(results, index)));
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

function boundRun(statements: AppendStatements, run: readonly PackedAppend[]): Bound {
  const [first] = run;
  return first === undefined || run.length > 1
    ? { statement: statements.run, values: appendRunValues(run) }
    : { statement: statements[shapeOf(first)], values: appendValues(first) };
}

function resultsOf(run: readonly PackedAppend[], rows: readonly SqlRow[]): AppendResult[] {
  return run.length > 1 ? appendRunResults(rows) : [appendResult(rows)];
}

function at(results: readonly AppendResult[], index: number): AppendResult {
  const result = results[index];
  if (result === undefined) throw new Error(`PostgreSQL said nothing of append ${index} of its group.`);
  return result;
}

async function outcomeOf(
  sql: SqlSession,
  append: PackedAppend,
  result: AppendResult,
): Promise<AppendOutcome> {
  if (result.kind !== 'known') return result;
  if (result.contentHash !== append.contentHash) return { kind: 'conflict' };
  const first = readStatement({ after: result.position - 1, limit: append.data.length });
  return { kind: 'repeated', records: chunkOf(await sql.run(first.sql, first.values)).records };
}
