import type { ColumnType, RowChange, TableSpec } from '../port.ts';
import { checkTables, parentsOf } from '../table-check.ts';
import { LogError } from '../errors.ts';
import { isoInstant } from '../pglite/read-statement.ts';
import { arrayText, SqlFailure, type SqlSession, type SqlStatement } from './sql-session.ts';

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
 * Makes the tables that exist be those declared, each as it is declared: one that differs is dropped, with those that cascade from
 * it, and stands for position 0 again. In its caller's transaction. Resolves with sentences that say what was dropped.
 */
export async function declareTables(
  sql: Pick<SqlSession, 'run'>,
  tables: readonly TableSpec[],
): Promise<readonly string[]> {
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
  for (const name of dropped) {
    await sql.run(`DROP TABLE ${quoted(name)} CASCADE`);
    await sql.run('DELETE FROM projections WHERE name = $1', [name]);
  }
  for (const spec of specs.values()) {
    if (kept.has(spec.name)) continue;
    for (const statement of definition(spec)) await sql.run(statement);
    await sql.run(`INSERT INTO projections VALUES ($1, $2, 0, 'null')`, [spec.name, JSON.stringify(spec)]);
  }
  return dropped.map((name) => `The table ${name} has changed and is made anew from the log.`);
}

/**
 * Reads and writes the tables of rows.
 *
 * Several processes may write the same table: all derive it from one log, and a change leads on from what its own writer read or
 * wrote last. So one that comes late to rows that stand for more already has nothing to add.
 *
 * Invariants:
 * 1. Rows, position and state of a table are of one moment.
 * 2. A table's position never goes back, except by a change that clears it.
 * 3. A change is applied only to rows that stand for no less than what it leads on from.
 */
export class SqlRows {
  readonly #specs: ReadonlyMap<string, TableSpec>;
  /** For each table, the position that the next change leads on from: what was read or written last. */
  readonly #known = new Map<string, number>();

  constructor(tables: readonly TableSpec[]) {
    this.#specs = checkTables(tables);
  }

  /** `{ position, state, rows }` as JSON text. */
  async read(sql: Pick<SqlSession, 'all'>, name: string): Promise<string> {
    const spec = this.#spec(name);
    const columns = Object.entries(spec.columns);
    const results = await sql.all([
      // Locked, so that the rows that are read next are of the same moment where other processes write them.
      { sql: 'SELECT position, state FROM projections WHERE name = $1 FOR SHARE', values: [name] },
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
    this.#known.set(name, Number(position ?? 0));
    return `{"position":${position ?? 0},"state":${state ?? 'null'},"rows":[${rows.join(',')}]}`;
  }

  /**
   * The change must have been checked against its spec. Rejects with `ExpectationFailed` where the rows were set back by somebody
   * else (write them afresh, with `clear`), and with `LogIncompatible` where another version has declared the table otherwise.
   */
  async write(sql: SqlSession, change: RowChange): Promise<void> {
    const spec = this.#spec(change.table);
    const known = this.#known.get(spec.name) ?? 0;
    if (change.position < known && change.clear !== true) throw goesBack(change, known);
    try {
      await sql.transaction(async (inside) => {
        const [row] = await inside.run('SELECT position, spec FROM projections WHERE name = $1 FOR UPDATE', [
          spec.name,
        ]);
        if (row?.[1] !== JSON.stringify(spec)) throw declaredOtherwise(spec);
        const stored = Number(row[0]);
        if (change.clear !== true && stored < known) throw setBack(spec, known, stored);
        if (change.clear !== true && stored > change.position) return;
        for (const statement of changeStatements(spec, change)) {
          await inside.run(statement.sql, statement.values);
        }
      });
    } catch (error) {
      if (error instanceof SqlFailure && error.sqlState === FOREIGN_KEY_VIOLATION) {
        throw new LogError('InvalidAppend', `The rows are malformed: ${error.message}.`, { cause: error });
      }
      throw error;
    }
    this.#known.set(spec.name, change.position);
  }

  #spec(name: string): TableSpec {
    const spec = this.#specs.get(name);
    if (spec === undefined) throw new LogError('InvalidAppend', `There is no table ${name}.`);
    return spec;
  }
}

function changeStatements(spec: TableSpec, change: RowChange): readonly SqlStatement[] {
  const table = quoted(spec.name);
  const key = quoted(spec.key);
  // Rows can be made anew from the log: they are not worth a sync of the disk.
  const statements: SqlStatement[] = [
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
  return statements;
}

function goesBack({ table, position }: RowChange, known: number): LogError {
  return new LogError(
    'InvalidAppend',
    `The rows of ${table} stand for ${known} and cannot go back to ${position} without being cleared.`,
  );
}

function setBack({ name }: TableSpec, known: number, stored: number): LogError {
  return new LogError(
    'ExpectationFailed',
    `The rows of ${name} stood for ${known} and were set back to ${stored}. Write them afresh, with “clear”.`,
  );
}

function declaredOtherwise({ name }: TableSpec): LogError {
  return new LogError(
    'LogIncompatible',
    `The table ${name} belongs to another version of the application, which has made it anew. Nothing is lost: it is derived from the log.`,
  );
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
