import { APPEND_RUN_SQL, appendRunResults, appendRunValues, runsOf } from '../pglite/append-run.ts';
import { APPEND_ONE_SQL, appendOneValues, isOneEvent } from '../pglite/append-one.ts';
import {
  APPEND_MANY_SQL,
  appendManyValues,
  appendResult,
  type AppendResult,
} from '../pglite/append-statement.ts';
import { chunkOf, readStatement } from '../pglite/read-statement.ts';
import type { AppendOutcome, Failure, PackedAppend } from '../pglite/wire.ts';
import type { SqlRow, SqlSession, SqlValue } from './sql-session.ts';

/** The statements that a group is appended with. */
export const APPEND_SQL = {
  many: APPEND_MANY_SQL,
  one: APPEND_ONE_SQL,
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
    const result = at(results, index);
    outcomes.push(
      result.kind === 'appended'
        ? result
        : await outcomeOfRefused(transaction, append, result, headBefore(results, index)),
    );
  }
  return outcomes;
}

function callOf(run: readonly PackedAppend[]): AppendCall {
  const [first] = run;
  if (first === undefined || run.length > 1) return { statement: 'run', values: appendRunValues(run) };
  return isOneEvent(first)
    ? { statement: 'one', values: appendOneValues(first) }
    : { statement: 'many', values: appendManyValues(first) };
}

function resultsOf(run: readonly PackedAppend[], rows: readonly SqlRow[]): AppendResult[] {
  return run.length > 1 ? appendRunResults(rows) : [appendResult(rows)];
}

function at(results: readonly AppendResult[], index: number): AppendResult {
  const result = results[index];
  if (result === undefined) throw new Error(`PostgreSQL said nothing of append ${index} of its group.`);
  return result;
}

/** What is under a command id stays there, so that it can be looked for afterwards: an append is seldom repeated. */
const KNOWN_SQL = `SELECT position, encode(content_hash, 'hex') FROM events WHERE command_id = $1 AND content_hash IS NOT NULL`;

/** Where the head was when an append of the group was judged; infinite where nothing of the group came after it. */
function headBefore(results: readonly AppendResult[], index: number): number {
  return results.slice(index + 1).find((later) => later.kind === 'appended')?.base ?? Infinity;
}

async function outcomeOfRefused(
  sql: Pick<SqlSession, 'run'>,
  append: PackedAppend,
  refused: AppendOutcome,
  head: number,
): Promise<AppendOutcome> {
  const [known] = await sql.run(KNOWN_SQL, [append.commandId]);
  if (known === undefined || Number(known[0]) > head) return refused;
  if (known[1] !== append.contentHash) return { kind: 'conflict' };
  const first = readStatement({ after: Number(known[0]) - 1, limit: append.data.length });
  return { kind: 'repeated', records: chunkOf(await sql.run(first.sql, first.values)).records };
}
