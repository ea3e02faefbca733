/* eslint-disable @typescript-eslint/require-await -- nothing here waits, but a refusal is a rejection as in every adapter */
import { LogError } from '../errors.ts';
import type { Json, Row, RowChange, RowTables, TableSpec } from '../port.ts';
import { checkRowChange, checkTables, tableNamed } from '../table-check.ts';

interface Table {
  readonly spec: TableSpec;
  readonly rows: Map<string, Row>;
  position: number;
  state: Json;
}

/** Tables of rows in memory: what `RowTables` promises, foreign keys and cascades included. */
export class MemoryRows implements RowTables {
  readonly #specs: ReadonlyMap<string, TableSpec>;
  readonly #tables: ReadonlyMap<string, Table>;

  /** @param checkOpen throws once the log is closed */
  constructor(
    specs: readonly TableSpec[],
    private readonly checkOpen: () => void,
  ) {
    this.#specs = checkTables(specs);
    this.#tables = new Map(
      [...this.#specs].map(([name, spec]) => [name, { spec, rows: new Map(), position: 0, state: null }]),
    );
  }

  async read(name: string): ReturnType<RowTables['read']> {
    const { position, state, rows } = this.#table(name);
    return { position, state, rows: [...rows.values()] };
  }

  async write(change: RowChange): Promise<void> {
    const spec = checkRowChange(this.#specs, change);
    const table = this.#table(change.table);
    if (change.position < table.position && change.clear !== true) {
      throw new LogError(
        'InvalidAppend',
        `The rows of ${spec.name} stand for ${table.position} and cannot go back to ${change.position} without being cleared.`,
      );
    }
    // Before anything changes: a change is written whole or not at all.
    for (const row of change.upserts) this.#checkParents(spec, row, change);
    if (change.clear) for (const key of [...table.rows.keys()]) this.#delete(table, key);
    for (const key of change.deletes) this.#delete(table, key);
    for (const row of change.upserts) table.rows.set(keyOf(row, spec.key), structuredClone(row));
    table.position = change.position;
    table.state = structuredClone(change.state);
  }

  #table(name: string): Table {
    this.checkOpen();
    tableNamed(this.#specs, name);
    const table = this.#tables.get(name);
    if (table === undefined) throw new Error(`The table ${name} was checked and is gone.`);
    return table;
  }

  #checkParents(spec: TableSpec, row: Row, change: RowChange): void {
    for (const [column, { cascadesFrom }] of Object.entries(spec.columns)) {
      if (cascadesFrom === undefined || row[column] === null) continue;
      const parent = keyOf(row, column);
      const stays =
        this.#tables.get(cascadesFrom)?.rows.has(parent) === true &&
        !(cascadesFrom === spec.name && (change.clear === true || change.deletes.includes(parent)));
      const comes = cascadesFrom === spec.name && change.upserts.some((other) => other[spec.key] === parent);
      if (!stays && !comes) {
        throw new LogError('InvalidAppend', `The rows are malformed: ${cascadesFrom} has no row ${parent}.`);
      }
    }
  }

  #delete(table: Table, key: string): void {
    if (!table.rows.delete(key)) return;
    for (const child of this.#tables.values()) {
      for (const [column, { cascadesFrom }] of Object.entries(child.spec.columns)) {
        if (cascadesFrom !== table.spec.name) continue;
        for (const [childKey, row] of [...child.rows]) if (row[column] === key) this.#delete(child, childKey);
      }
    }
  }
}

/** A key or foreign key of a row that was checked: a uuid or a text. */
function keyOf(row: Row, column: string): string {
  const key = row[column];
  if (typeof key !== 'string') throw new Error(`The column ${column} was checked and holds no key.`);
  return key;
}
