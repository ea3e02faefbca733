import { chunkOf, readStatement } from '../pglite/read-statement.ts';
import type { AppendOutcome, Failure, PackedAppend } from '../pglite/wire.ts';
import { appendOne, isOneEvent, outcomeOfOne } from './append-one.ts';
import { foundIn, insertion, questionsOf } from './append-statements.ts';
import { judgeGroup, type Verdict } from './judge-group.ts';
import type { SqlRow, SqlSession, SqlStatement } from './sql-session.ts';

type Answers = readonly (readonly SqlRow[])[];

/** What an adapter does for a group. No other append happens while one of these is under way. */
export interface AppendTransaction extends Pick<SqlSession, 'run'> {
  /** Runs statements in one transaction and commits it. */
  readonly commit: (statements: readonly SqlStatement[]) => Promise<Answers>;
  /** The same, with statements that are made of the answers to others, which change nothing. */
  readonly commitAfter: (
    questions: readonly SqlStatement[],
    statements: (answers: Answers) => readonly SqlStatement[],
  ) => Promise<void>;
  readonly failureOf: (error: unknown) => Failure;
}

/**
 * Appends a group in one transaction, with one commit, in order.
 *
 * Invariants:
 * 1. Positions are dense from 1 and in order of commit: they are taken from the one row of `log_head`, which moves on with the
 *    events, in their transaction.
 * 2. The versions of a stream are dense from 1: they go on from the greatest one.
 * 3. Every expectation holds at the moment of the insert, or no event of the append is inserted.
 * 4. A command id appends once: where it is known, nothing is inserted.
 * 5. Each event has the link of the chain that its place and its content make, and `log_head` has the newest.
 * 6. A refused append is told so, and the others of its group are committed.
 * 7. An error of PostgreSQL, which undoes the whole group, is told to the append that caused it only: each is tried alone then.
 *    After a fatal one, trying again would only hang, and nobody knows what happened: it is told to all.
 *
 * The primary key and the unique indexes refuse what would break 1, 2 or 4.
 */
export async function appendInGroup(
  transaction: AppendTransaction,
  group: readonly PackedAppend[],
): Promise<AppendOutcome[]> {
  const [first] = group;
  try {
    if (first !== undefined && group.length === 1 && isOneEvent(first)) {
      const [rows = []] = await transaction.commit([appendOne(first)]);
      const outcome = outcomeOfOne(rows);
      if (outcome !== null) return [outcome];
    }
    return await appendTogether(transaction, group);
  } catch (error) {
    const failure = transaction.failureOf(error);
    if (failure.fatal) throw error;
    if (group.length === 1) return [{ kind: 'failed', failure }];
    const outcomes: AppendOutcome[] = [];
    for (const append of group) outcomes.push(...(await appendInGroup(transaction, [append])));
    return outcomes;
  }
}

async function appendTogether(
  transaction: AppendTransaction,
  group: readonly PackedAppend[],
): Promise<AppendOutcome[]> {
  let verdicts: readonly Verdict[] = [];
  await transaction.commitAfter(questionsOf(group), (answers) => {
    const judged = judgeGroup(group, foundIn(answers));
    verdicts = judged.verdicts;
    return insertion(judged.events, judged.head);
  });
  const outcomes: AppendOutcome[] = [];
  for (const [index, append] of group.entries()) {
    const verdict = verdicts[index];
    if (verdict === undefined) throw new Error(`Append ${index} of its group was not judged.`);
    outcomes.push(await outcomeOf(transaction, append, verdict));
  }
  return outcomes;
}

async function outcomeOf(
  sql: Pick<SqlSession, 'run'>,
  append: PackedAppend,
  verdict: Verdict,
): Promise<AppendOutcome> {
  if (verdict.kind !== 'known') return verdict;
  const first = readStatement({ after: verdict.position - 1, limit: append.data.length });
  return { kind: 'repeated', records: chunkOf(await sql.run(first.sql, first.values)).records };
}
