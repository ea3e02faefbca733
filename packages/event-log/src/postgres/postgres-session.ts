import { Client, DatabaseError, escapeIdentifier, type ClientConfig } from 'pg';
import { SqlFailure } from '../sql/sql-session.ts';
import type { SqlRow, SqlSession, SqlStatement, SqlValue } from '../sql/sql-session.ts';

export interface SessionSettings {
  readonly connectionString: string;
  /** The PostgreSQL schema that the log's tables are in. */
  readonly schema: string;
  /** After this long without an answer the connection is ended. */
  readonly answerLimitMs: number;
}

/** Values and rows travel as text, so that every adapter reads and writes them in one way. */
const TEXT: ClientConfig['types'] = { getTypeParser: () => (text: string) => text };

/** What the shared SQL relies on, and what keeps a connection that was cut from holding a lock. */
const SETTINGS = {
  default_transaction_isolation: 'read committed',
  timezone: 'UTC',
  datestyle: 'ISO',
  // As on PGlite: statements are prepared once, while tables are small, and every one of them is a walk along an index.
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  idle_in_transaction_session_timeout: '10s',
  tcp_keepalives_idle: '10',
  tcp_keepalives_interval: '5',
  tcp_keepalives_count: '3',
} as const;

const BEGIN: SqlStatement = { sql: 'BEGIN', values: [] };
const COMMIT: SqlStatement = { sql: 'COMMIT', values: [] };

/** SQLSTATEs with which a server ends a connection, besides all of class 08. */
const ENDED = new Set(['57P01', '57P02', '57P03', '57P05', '25P03']);

/** What a statement fails with whose connection was lost: whether it happened is not known. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

export interface InTransaction extends Pick<SqlSession, 'run'> {
  /** Statements in one text, without parameters: for making tables. */
  script(sql: string): Promise<void>;
}

/**
 * One connection to a server, with prepared statements.
 *
 * `pg` sends what it is asked for without waiting for the answer before (`pipeline`), so the statements of a transaction that do
 * not depend on each other cost one round trip.
 */
export class PostgresSession implements SqlSession {
  readonly #client: Client;
  readonly #names = new Map<string, string>();
  /** Resolves once the connection is gone, by whomever. */
  readonly ended: Promise<void>;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(client: Client) {
    this.#client = client;
    this.ended = new Promise((resolve) => client.once('end', () => resolve()));
    // Whoever waits for an answer hears of it there, and everybody else by `ended`.
    client.on('error', () => undefined);
  }

  /** Rejects with what `pg` rejects with. */
  static async connect(settings: SessionSettings): Promise<PostgresSession> {
    const { connectionString, schema, answerLimitMs } = settings;
    const client = new Client({
      connectionString,
      pipeline: true,
      types: TEXT,
      application_name: 'retrace',
      connectionTimeoutMillis: answerLimitMs,
      query_timeout: answerLimitMs,
      keepAlive: true,
    });
    const session = new PostgresSession(client);
    await client.connect();
    const set = Object.entries({ ...SETTINGS, search_path: escapeIdentifier(schema) });
    await client.query(set.map(([name, value]) => `SET ${name} TO ${settingText(name, value)}`).join(';'));
    return session;
  }

  async run(sql: string, values: readonly SqlValue[] = []): Promise<readonly SqlRow[]> {
    return await this.#inTurn(() => this.#query(sql, values));
  }

  async all(statements: readonly SqlStatement[]): Promise<readonly (readonly SqlRow[])[]> {
    return await this.#inTurn(async () => (await this.#sent([BEGIN, ...statements, COMMIT])).slice(1, -1));
  }

  /** Questions, and statements that are made of their answers, in one transaction and two round trips. */
  async allAfter(
    questions: readonly SqlStatement[],
    statements: (answers: readonly (readonly SqlRow[])[]) => readonly SqlStatement[],
  ): Promise<void> {
    await this.#inTurn(async () => {
      let next: readonly SqlStatement[];
      try {
        next = statements((await this.#sent([BEGIN, ...questions])).slice(1));
      } catch (error) {
        await this.#query('ROLLBACK', []);
        throw error;
      }
      await this.#sent([...next, COMMIT]);
    });
  }

  async transaction<T>(work: (sql: InTransaction) => Promise<T>): Promise<T> {
    return await this.#inTurn(async () => {
      await this.#query('BEGIN', []);
      let result: T;
      try {
        result = await work({
          run: (sql, values = []) => this.#query(sql, values),
          script: async (sql) => {
            await this.#asked(this.#client.query(sql));
          },
        });
      } catch (error) {
        await this.#query('ROLLBACK', []);
        throw error;
      }
      await this.#query('COMMIT', []);
      return result;
    });
  }

  /** Has `listener` called for each notification on `channel`, from now on, with the server's number of the process it came from. */
  async listen(channel: string, listener: (backend: number) => void): Promise<void> {
    this.#client.on('notification', ({ processId }) => listener(processId));
    await this.run(`LISTEN ${escapeIdentifier(channel)}`);
  }

  /** Says goodbye to the server, after what was asked before. */
  async close(): Promise<void> {
    await this.#inTurn(() => this.#client.end());
  }

  /** Ends the connection after it has failed; `ended` resolves. */
  abandon(): void {
    void this.#client.end();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Sends all without waiting, and throws the first failure: after it PostgreSQL refuses the others, and makes a COMMIT a ROLLBACK. */
  async #sent(statements: readonly SqlStatement[]): Promise<readonly (readonly SqlRow[])[]> {
    const answers = statements.map(({ sql, values }) => this.#query(sql, values));
    const settled = await Promise.allSettled(answers);
    const failed = settled.find((answer) => answer.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    return await Promise.all(answers);
  }

  async #query(sql: string, values: readonly SqlValue[]): Promise<readonly SqlRow[]> {
    const name = this.#names.get(sql) ?? `s${this.#names.size}`;
    this.#names.set(sql, name);
    const { rows } = await this.#asked(
      this.#client.query<(string | null)[]>({ name, text: sql, values: [...values], rowMode: 'array' }),
    );
    return rows;
  }

  async #asked<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (error instanceof DatabaseError && !endsConnection(error)) {
        throw new SqlFailure({ sqlState: error.code ?? '', message: error.message }, { cause: error });
      }
      throw new ConnectionLost(error instanceof Error ? error.message : String(error), { cause: error });
    }
  }
}

function endsConnection({ code = '' }: DatabaseError): boolean {
  return code.startsWith('08') || ENDED.has(code);
}

/** The schema is an identifier, and quoted already. */
function settingText(name: string, value: string): string {
  return name === 'search_path' ? value : `'${value}'`;
}
