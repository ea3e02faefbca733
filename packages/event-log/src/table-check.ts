import { flawOfJson, isStorableText, MAX_NAME_LENGTH, UUID } from './append-check.ts';
import { LogError } from './errors.ts';
import { isInstant } from './instant.ts';
import type { ColumnType, Json, Row, RowChange, TableSpec } from './port.ts';

/** Tables of the log itself; a table of rows may not take their names. */
export const LOG_TABLES = [
  'events',
  'streams',
  'log_head',
  'log_schema',
  'projections',
  'redactions',
  'snapshots',
] as const;

const IDENTIFIER = /^[a-z_][a-z0-9_]{0,62}$/;

/** What a column of each type takes: just those values that come back from PostgreSQL as they went in. */
const FITS = {
  uuid: (value) => typeof value === 'string' && UUID.test(value),
  text: (value) => typeof value === 'string' && isStorableText(value),
  boolean: (value) => typeof value === 'boolean',
  bigint: (value) => Number.isSafeInteger(value),
  'double precision': (value) => typeof value === 'number' && Number.isFinite(value),
  timestamptz: (value) => typeof value === 'string' && isInstant(value),
  jsonb: (value) => flawOfJson(value) === null,
} as const satisfies Record<ColumnType, (value: Json) => boolean>;

/**
 * The specs by name, parents before the tables that cascade from them.
 * Throws `InvalidAppend` for names that SQL would need tricks for, unknown parents and circles.
 */
export function checkTables(specs: readonly TableSpec[]): ReadonlyMap<string, TableSpec> {
  const checked = new Map<string, TableSpec>();
  let waiting = [...specs];
  while (waiting.length > 0) {
    const ready = waiting.filter((spec) =>
      parentsOf(spec).every((parent) => parent === spec.name || checked.has(parent)),
    );
    if (ready.length === 0) {
      throw malformed(
        `${waiting.map((spec) => spec.name).join(', ')} cascade from a table that is not there`,
      );
    }
    for (const spec of ready) {
      checkTable(spec);
      if (checked.has(spec.name)) throw malformed(`${spec.name} is declared twice`);
      checked.set(spec.name, spec);
    }
    waiting = waiting.filter((spec) => !ready.includes(spec));
  }
  return checked;
}

/** The tables that rows of `spec` go with. */
export function parentsOf(spec: TableSpec): string[] {
  return Object.values(spec.columns).flatMap(({ cascadesFrom }) => cascadesFrom ?? []);
}

function checkTable(spec: TableSpec): void {
  for (const identifier of [spec.name, ...Object.keys(spec.columns)]) {
    if (!IDENTIFIER.test(identifier)) throw malformed(`“${identifier}” is not a lower-case SQL name`);
  }
  if ((LOG_TABLES as readonly string[]).includes(spec.name))
    throw malformed(`${spec.name} is a table of the log`);
  const key = spec.columns[spec.key];
  if (key === undefined) throw malformed(`${spec.name} has no column ${spec.key} for its key`);
  if (key.nullable || (key.type !== 'uuid' && key.type !== 'text')) {
    throw malformed(`the key of ${spec.name} is not a uuid or text that is always there`);
  }
}

/** Throws `InvalidAppend` for a change whose rows do not fit their table, so that every adapter refuses the same ones. */
export function checkRowChange(tables: ReadonlyMap<string, TableSpec>, change: RowChange): TableSpec {
  const spec = tableNamed(tables, change.table);
  if (!Number.isSafeInteger(change.position) || change.position < 0) {
    throw malformed(`${change.position} is not a position`);
  }
  const flaw = flawOfJson(change.state);
  if (flaw !== null) throw malformed(`the state of ${spec.name} ${flaw}`);
  for (const row of change.upserts) checkRow(spec, row);
  // `ON CONFLICT` refuses to write one row twice in one statement.
  const keys = new Set(change.upserts.map((row) => row[spec.key]));
  if (keys.size < change.upserts.length) throw malformed(`a row of ${spec.name} comes twice`);
  for (const key of change.deletes) checkValue(spec, spec.key, key);
  return spec;
}

export function tableNamed(tables: ReadonlyMap<string, TableSpec>, name: string): TableSpec {
  const spec = tables.get(name);
  if (spec === undefined) throw malformed(`there is no table ${name}; declare it where the log is opened`);
  return spec;
}

function checkRow(spec: TableSpec, row: Row): void {
  const extra = Object.keys(row).find((column) => !(column in spec.columns));
  if (extra !== undefined) throw malformed(`${spec.name} has no column ${extra}`);
  for (const column of Object.keys(spec.columns)) checkValue(spec, column, row[column]);
}

function checkValue(spec: TableSpec, column: string, value: Json | undefined): void {
  const definition = spec.columns[column];
  if (definition === undefined) throw malformed(`${spec.name} has no column ${column}`);
  const { type, nullable } = definition;
  if (value === null && nullable) return;
  if (column === spec.key && typeof value === 'string' && value.length > MAX_NAME_LENGTH) {
    throw malformed(`${spec.name}.${column} has at most ${MAX_NAME_LENGTH} characters`);
  }
  if (value === undefined || value === null || !FITS[type](value)) {
    const given = value === undefined ? 'nothing' : JSON.stringify(value);
    throw malformed(`${spec.name}.${column} takes ${type}, not ${given}`);
  }
}

function malformed(reason: string): LogError {
  return new LogError('InvalidAppend', `The rows are malformed: ${reason}.`);
}
