import { messages, protocol, type PGlite } from '@electric-sql/pglite';

import {
  SqlFailure,
  type SqlError,
  type SqlRow,
  type SqlSession,
  type SqlStatement,
  type SqlValue,
} from '../sql/sql-session.ts';

export interface Bound {
  readonly statement: PreparedStatement;
  readonly values: readonly SqlValue[];
}

export interface PreparedStatement {
  readonly name: string;
}

/** What a pipeline answered: rows for each statement, up to the one that failed and took the transaction with it. */
export type PipelineResult =
  | { readonly ok: true; readonly rows: readonly (readonly SqlRow[])[] }
  | { readonly ok: false; readonly error: SqlError };

const { serialize } = protocol;
type BackendMessage = Awaited<ReturnType<PGlite['execProtocol']>>['messages'][number];

/**
 * Prepared statements over PGlite's wire protocol.
 *
 * `PGlite.query` parses, describes, binds and executes in five round trips into WebAssembly. Here a statement is parsed once, and
 * any number of bound ones go in with a single `Sync`: PostgreSQL runs what lies before a `Sync` as one transaction.
 */
export class PgliteSession implements SqlSession {
  readonly #pg: PGlite;
  readonly #prepared = new Map<string, PreparedStatement>();

  constructor(pg: PGlite) {
    this.#pg = pg;
  }

  /** Parses `sql` once for each distinct text. Throws where PostgreSQL refuses it. */
  async prepare(sql: string): Promise<PreparedStatement> {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const statement = { name: `s${this.#prepared.size}` };
    const answers = await this.#exchange([serialize.parse({ name: statement.name, text: sql })]);
    const error = errorIn(answers);
    if (error !== null) throw new SqlFailure(error);
    this.#prepared.set(sql, statement);
    return statement;
  }

  /** Runs the bound statements in one transaction. All of them happen, or none. */
  async pipeline(bound: readonly Bound[]): Promise<PipelineResult> {
    const answers = await this.#exchange(
      bound.flatMap(({ statement, values }) => [
        serialize.bind({ statement: statement.name, values: [...values] }),
        serialize.execute({}),
      ]),
    );
    const error = errorIn(answers);
    if (error !== null) return { ok: false, error };
    const rows: SqlRow[][] = [];
    for (const answer of answers) {
      if (answer.name === 'bindComplete') rows.push([]);
      if (answer instanceof messages.DataRowMessage) rows.at(-1)?.push(answer.fields);
    }
    return { ok: true, rows };
  }

  /** Prepares and runs statements in one transaction; throws an {@link SqlFailure} where PostgreSQL refuses one. */
  async all(statements: readonly SqlStatement[]): Promise<readonly (readonly SqlRow[])[]> {
    const bound: Bound[] = [];
    for (const { sql, values } of statements) bound.push({ statement: await this.prepare(sql), values });
    const result = await this.pipeline(bound);
    if (!result.ok) throw new SqlFailure(result.error);
    return result.rows;
  }

  async run(sql: string, values: readonly SqlValue[] = []): Promise<readonly SqlRow[]> {
    return (await this.all([{ sql, values }]))[0] ?? [];
  }

  /** Several round trips in one transaction. The worker asks one thing at a time, so nothing else is run meanwhile. */
  async transaction<T>(work: (sql: Pick<SqlSession, 'run'>) => Promise<T>): Promise<T> {
    await this.run('BEGIN');
    let result: T;
    try {
      result = await work(this);
    } catch (error) {
      await this.run('ROLLBACK');
      throw error;
    }
    await this.run('COMMIT');
    return result;
  }

  async #exchange(parts: readonly Uint8Array[]): Promise<readonly BackendMessage[]> {
    const { messages: answers } = await this.#pg.execProtocol(Buffer.concat([...parts, serialize.sync()]), {
      syncToFs: false,
      throwOnError: false,
    });
    return answers;
  }
}

function errorIn(answers: readonly BackendMessage[]): SqlError | null {
  const error = answers.find((answer) => answer instanceof messages.DatabaseError);
  return error === undefined ? null : { sqlState: error.code ?? '', message: error.message };
}
