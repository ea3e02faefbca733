import type { ColumnType, RowChange, TableSpec } from '../port.ts';
import { checkTables, parentsOf } from '../table-check.ts';
import { LogError } from '../errors.ts';
import { isoInstant } from './read-statement.ts';
import { arrayText, SqlFailure, type SqlSession, type SqlValue } from './sql-session.ts';

/** A column's value as PostgreSQL writes it, as JSON text. */
const AS_JSON = {
  uuid: (text) => JSON.stringify(text),
  text: (text) => JSON.stringify(text),
  boolean: (text) => (text === 't' ? 'true' : 'false'),
  bigint: (text) => text,
  'double precision': (text) => text,
  timestamptz: (text) => JSON.stringify(isoInstant(text)),
  jsonb: (text) => text,
} as const satisfies Record<ColumnType, (text: string) => string>;

const FOREIGN_KEY_VIOLATION = '23503';

/**
 * The tables of rows in SQL.
 *
 * Invariants:
 * 1. The tables that exist are those declared, each as it is declared: one that differs is dropped, with those that cascade from
 *    it, and stands for position 0 again.
 * 2. Rows, position and state of a table are of one moment.
 * 3. A table's position never goes back, except by a change that clears it.
 */
export class SqlRows {
  readonly #sql: SqlSession;
  readonly #specs: ReadonlyMap<string, TableSpec>;

  private constructor(sql: SqlSession, specs: ReadonlyMap<string, TableSpec>) {
    this.#sql = sql;
    this.#specs = specs;
  }

  /** Brings the tables to their specs; `notices` says what was dropped. */
  static async open(
    sql: SqlSession,
    tables: readonly TableSpec[],
  ): Promise<{ readonly rows: SqlRows; readonly notices: readonly string[] }> {
    const specs = checkTables(tables);
    const stored = new Map(
      (await sql.run('SELECT name, spec FROM projections')).map(([name, spec]) => [name ?? '', spec]),
    );
    const kept = new Set<string>();
    for (const [name, spec] of specs) {
      // Parents come first, so a child of a dropped table is seen to go with it.
      if (
        stored.get(name) === JSON.stringify(spec) &&
        parentsOf(spec).every((p) => p === name || kept.has(p))
      ) {
        kept.add(name);
      }
    }
    const dropped = [...stored.keys()].filter((name) => !kept.has(name));
    const statements = [
      ...dropped.flatMap((name) => [
        { text: `DROP TABLE ${quoted(name)} CASCADE`, values: [] },
        { text: 'DELETE FROM projections WHERE name = $1', values: [name] },
      ]),
      ...[...specs.values()]
        .filter(({ name }) => !kept.has(name))
        .flatMap((spec) => [
          ...definition(spec).map((text) => ({ text, values: [] })),
          {
            text: `INSERT INTO projections VALUES ($1, $2, 0, 'null')`,
            values: [spec.name, JSON.stringify(spec)],
          },
        ]),
    ];
    // One by one, because a statement is parsed against the tables that are there; in one transaction all the same.
    await sql.transaction(async () => {
      for (const { text, values } of statements) await sql.run(text, values);
    });
    return {
      rows: new SqlRows(sql, specs),
      notices: dropped.map((name) => `The table ${name} has changed and is made anew from the log.`),
    };
  }

  /** `{ position, state, rows }` as JSON text. */
  async read(name: string): Promise<string> {
    const spec = this.#spec(name);
    const columns = Object.entries(spec.columns);
    const results = await this.#sql.all([
      { sql: 'SELECT position, state FROM projections WHERE name = $1', values: [name] },
      {
        sql: `SELECT ${columns.map(([column]) => quoted(column)).join(', ')} FROM ${quoted(name)}`,
        values: [],
      },
    ]);
    const [position, state] = results[0]?.[0] ?? [];
    const rows = (results[1] ?? []).map((row) => {
      const members = columns.map(([column, { type }], index) => {
        const text = row[index] ?? null;
        return `${JSON.stringify(column)}:${text === null ? 'null' : AS_JSON[type](text)}`;
      });
      return `{${members.join(',')}}`;
    });
    return `{"position":${position ?? 0},"state":${state ?? 'null'},"rows":[${rows.join(',')}]}`;
  }

  /** The change must have been checked against its spec. */
  async write(change: RowChange): Promise<void> {
    const spec = this.#spec(change.table);
    const [stored] = await this.#sql.run('SELECT position FROM projections WHERE name = $1', [spec.name]);
    if (Number(stored?.[0]) > change.position && change.clear !== true) {
      throw new LogError(
        'InvalidAppend',
        `The rows of ${spec.name} stand for ${stored?.[0] ?? 0} and cannot go back to ${change.position} without being cleared.`,
      );
    }
    const table = quoted(spec.name);
    const key = quoted(spec.key);
    const statements: { readonly sql: string; readonly values: readonly SqlValue[] }[] = [
      // Rows can be made anew from the log: they are not worth a sync of the disk.
      { sql: `SELECT set_config('synchronous_commit', 'off', true)`, values: [] },
    ];
    if (change.clear) statements.push({ sql: `DELETE FROM ${table}`, values: [] });
    if (change.deletes.length > 0) {
      statements.push({
        sql: `DELETE FROM ${table} WHERE ${key} = ANY ($1::${spec.columns[spec.key]?.type ?? 'text'}[])`,
        values: [arrayText(change.deletes)],
      });
    }
    if (change.upserts.length > 0) {
      statements.push({ sql: upsertOf(spec), values: [JSON.stringify(change.upserts)] });
    }
    statements.push({
      sql: 'UPDATE projections SET position = $2, state = $3 WHERE name = $1',
      values: [spec.name, String(change.position), JSON.stringify(change.state)],
    });
    try {
      await this.#sql.all(statements);
    } catch (error) {
      if (error instanceof SqlFailure && error.sqlState === FOREIGN_KEY_VIOLATION) {
        throw new LogError('InvalidAppend', `The rows are malformed: ${error.message}.`, { cause: error });
      }
      throw error;
    }
  }

  #spec(name: string): TableSpec {
    const spec = this.#specs.get(name);
    if (spec === undefined) throw new LogError('InvalidAppend', `There is no table ${name}.`);
    return spec;
  }
}

/** The names were checked; quoting lets them be words of SQL too. */
function quoted(identifier: string): string {
  return `"${identifier}"`;
}

function definition(spec: TableSpec): string[] {
  const columns = Object.entries(spec.columns).map(([name, { type, nullable, cascadesFrom }]) =>
    [
      quoted(name),
      type,
      nullable ? '' : 'NOT NULL',
      name === spec.key ? 'PRIMARY KEY' : '',
      cascadesFrom === undefined ? '' : `REFERENCES ${quoted(cascadesFrom)} ON DELETE CASCADE`,
    ].join(' '),
  );
  const cascading = Object.entries(spec.columns).filter(([, { cascadesFrom }]) => cascadesFrom !== undefined);
  return [
    `CREATE TABLE ${quoted(spec.name)} (${columns.join(', ')})`,
    // A cascade looks its rows up by the foreign key; without an index it would read the whole table for each.
    ...cascading.map(([name]) => `CREATE INDEX ON ${quoted(spec.name)} (${quoted(name)})`),
  ];
}

function upsertOf(spec: TableSpec): string {
  const columns = Object.keys(spec.columns).map(quoted);
  const others = columns.filter((column) => column !== quoted(spec.key));
  const action =
    others.length === 0
      ? 'NOTHING'
      : `UPDATE SET ${others.map((column) => `${column} = excluded.${column}`).join(', ')}`;
  return `INSERT INTO ${quoted(spec.name)} (${columns.join(', ')})
SELECT ${columns.join(', ')} FROM json_populate_recordset(NULL::${quoted(spec.name)}, $1::json)
ON CONFLICT (${quoted(spec.key)}) DO ${action}`;
}
