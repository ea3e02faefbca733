import { APPEND_RUN_SQL, appendRunResults, appendRunValues, runsOf } from '../pglite/append-run.ts';
import { appendResult, appendSql, appendValues, shapeOf } from '../pglite/append-statement.ts';
import type { AppendResult } from '../pglite/append-statement.ts';
import { chunkOf, readStatement } from '../pglite/read-statement.ts';
import type { AppendOutcome, Failure, PackedAppend } from '../pglite/wire.ts';
import type { SqlRow, SqlSession, SqlValue } from './sql-session.ts';

/** The statements that a group is appended with. */
export const APPEND_SQL = {
  one: appendSql('one'),
  many: appendSql('many'),
  /** For several appends of one event each. */
  run: APPEND_RUN_SQL,
} as const;

export interface AppendCall {
  readonly statement: keyof typeof APPEND_SQL;
  readonly values: readonly SqlValue[];
}

/** What an adapter does for a group. */
export interface AppendTransaction extends Pick<SqlSession, 'run'> {
  /** Runs the calls in one transaction and commits it; resolves with the rows of each. */
  readonly commit: (calls: readonly AppendCall[]) => Promise<readonly (readonly SqlRow[])[]>;
  readonly failureOf: (error: unknown) => Failure;
}

/**
 * Appends a group in one transaction, with one commit, in order.
 *
 * Invariants:
 * 1. A refused append is told so, and the others of its group are committed.
 * 2. An error of PostgreSQL, which undoes the whole group, is told to the append that caused it only: each is tried alone then.
 *    After a fatal one, trying again would only hang, and nobody knows what happened: it is told to all.
 */
export async function appendInGroup(
  transaction: AppendTransaction,
  group: readonly PackedAppend[],
): Promise<AppendOutcome[]> {
  const runs = runsOf(group);
  let rows: readonly (readonly SqlRow[])[];
  try {
    rows = await transaction.commit(runs.map(callOf));
  } catch (error) {
    const failure = transaction.failureOf(error);
    if (failure.fatal) throw error;
    if (group.length === 1) return [{ kind: 'failed', failure }];
    const alone: AppendOutcome[] = [];
    for (const append of group) alone.push(...(await appendInGroup(transaction, [append])));
    return alone;
  }
  const results = runs.flatMap((run, index) => resultsOf(run, rows[index] ?? []));
  const outcomes: AppendOutcome[] = [];
  for (const [index, append] of group.entries()) {
    outcomes.push(await outcomeOf(transaction, append, at(results, index)));
  }
  return outcomes;
}

function callOf(run: readonly PackedAppend[]): AppendCall {
  const [first] = run;
  return first === undefined || run.length > 1
    ? { statement: 'run', values: appendRunValues(run) }
    : { statement: shapeOf(first), values: appendValues(first) };
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
  sql: Pick<SqlSession, 'run'>,
  append: PackedAppend,
  result: AppendResult,
): Promise<AppendOutcome> {
  if (result.kind !== 'known') return result;
  if (result.contentHash !== append.contentHash) return { kind: 'conflict' };
  const first = readStatement({ after: result.position - 1, limit: append.data.length });
  return { kind: 'repeated', records: chunkOf(await sql.run(first.sql, first.values)).records };
}
