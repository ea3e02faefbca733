import { messages, protocol, type PGlite } from '@electric-sql/pglite';

import {
  SqlFailure,
  type SqlRow,
  type SqlSession,
  type SqlStatement,
  type SqlValue,
} from '../sql/sql-session.ts';

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
  /** The names of the texts that were parsed. */
  readonly #prepared = new Map<string, string>();

  constructor(pg: PGlite) {
    this.#pg = pg;
  }

  /** Prepares and runs statements in one transaction: all of them happen, or it throws an {@link SqlFailure}. */
  async all(statements: readonly SqlStatement[]): Promise<readonly (readonly SqlRow[])[]> {
    const parts: Uint8Array[] = [];
    for (const { sql, values } of statements) {
      const statement = await this.#prepare(sql);
      parts.push(serialize.bind({ statement, values: [...values] }), serialize.execute({}));
    }
    const rows: SqlRow[][] = [];
    for (const answer of await this.#exchange(parts)) {
      if (answer.name === 'bindComplete') rows.push([]);
      if (answer instanceof messages.DataRowMessage) rows.at(-1)?.push(answer.fields);
    }
    return rows;
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

  /** The name of a statement, which is parsed once for each distinct text. */
  async #prepare(sql: string): Promise<string> {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const name = `s${this.#prepared.size}`;
    await this.#exchange([serialize.parse({ name, text: sql })]);
    this.#prepared.set(sql, name);
    return name;
  }

  /** Throws an {@link SqlFailure} where PostgreSQL refuses a part, which takes the transaction with it. */
  async #exchange(parts: readonly Uint8Array[]): Promise<readonly BackendMessage[]> {
    const { messages: answers } = await this.#pg.execProtocol(Buffer.concat([...parts, serialize.sync()]), {
      syncToFs: false,
      throwOnError: false,
    });
    const error = answers.find((answer) => answer instanceof messages.DatabaseError);
    if (error !== undefined) throw new SqlFailure({ sqlState: error.code ?? '', message: error.message });
    return answers;
  }
}
