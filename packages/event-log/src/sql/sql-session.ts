/** A parameter as PostgreSQL reads it from text. */
export type SqlValue = string | null;
export type SqlRow = readonly (string | null)[];

export interface SqlStatement {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** One connection to PostgreSQL, in this process or on a server: text goes in and comes out. */
export interface SqlSession {
  /** The rows of one statement. Rejects with a {@link SqlFailure} where PostgreSQL refuses it. */
  run(sql: string, values?: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  /** The rows of each statement, all in one transaction and one round trip. */
  all(statements: readonly SqlStatement[]): Promise<readonly (readonly SqlRow[])[]>;
  /** Several round trips in one transaction: for what depends on what came before. Nothing else is run meanwhile. */
  transaction<T>(work: (sql: Pick<SqlSession, 'run'>) => Promise<T>): Promise<T>;
}

export interface SqlError {
  readonly sqlState: string;
  readonly message: string;
}

/** PostgreSQL itself refused a statement; its transaction is undone. */
export class SqlFailure extends Error {
  override readonly name = 'SqlFailure';
  readonly sqlState: string;
  constructor(error: SqlError, options?: ErrorOptions) {
    super(error.message, options);
    this.sqlState = error.sqlState;
  }
}

/** The text of a one-dimensional array. */
export function arrayText(items: readonly (string | number | null)[]): string {
  const texts = items.map((item) =>
    typeof item === 'string' ? `"${item.replace(/[\\"]/g, '\\$&')}"` : String(item),
  );
  return `{${texts.join(',')}}`;
}
