import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { LogError } from '../errors.ts';
import { CLUSTER_NAME, POSTGRES_MAJOR } from '../pglite/cluster-name.ts';
import { keptAsideIn } from './kept-aside.ts';
import { damaged } from './opening-error.ts';

/**
 * Without these a directory is no cluster: PGlite would quietly make a new, empty one in its place, or PostgreSQL would write to
 * it before it finds out. `base/5` is the one database.
 */
const REQUIRED = [
  'PG_VERSION',
  'global/pg_control',
  'global/pg_filenode.map',
  'base/5/PG_VERSION',
  'base/5/pg_filenode.map',
  'pg_wal',
  'pg_xact/0000',
];
/** PostgreSQL writes `pg_control` whole, padded to this. */
const CONTROL_LENGTH = 8192;

/** Throws `LogDamaged` or `LogIncompatible` for a directory that must not be opened, having only read it. */
export function inspectCluster(directory: string): void {
  const missing = REQUIRED.filter((name) => !existsSync(join(directory, name)));
  if (missing.length > 0) throw damaged('inspection', directory, `${missing.join(', ')} missing`);
  if (statSync(join(directory, 'global/pg_control')).size !== CONTROL_LENGTH) {
    throw damaged('inspection', directory, 'global/pg_control is not whole');
  }
  if (!readdirSync(join(directory, 'pg_wal')).some((name) => /^[0-9A-F]{24}$/.test(name))) {
    throw damaged('inspection', directory, 'its write-ahead log is missing');
  }
  const major = readFileSync(join(directory, 'PG_VERSION'), 'utf8').trim();
  if (!/^\d{1,3}$/.test(major)) throw damaged('inspection', directory, 'PG_VERSION holds no version');
  if (major !== String(POSTGRES_MAJOR)) {
    throw new LogError(
      'LogIncompatible',
      `${directory} was written by PostgreSQL ${major}, and this is ${POSTGRES_MAJOR}. It was left as it is.`,
      { step: 'inspection' },
    );
  }
}

/**
 * Throws where a new, empty cluster must not be made at `target` because there was a log before: `LogIncompatible` where one of
 * another major lies beside, `LogDamaged` where a damaged one was kept aside and nothing was put in its place.
 */
export function refuseEmptyStart(target: string): void {
  const beside = readdirSync(dirname(target));
  const other = beside.find((name) => /^pg\d+$/.test(name) && name !== CLUSTER_NAME);
  if (other !== undefined) {
    throw new LogError(
      'LogIncompatible',
      `The log in ${dirname(target)} is of PostgreSQL ${other.slice(2)}, and this is ${POSTGRES_MAJOR}. It was left as it is.`,
      { step: 'inspection' },
    );
  }
  const [aside] = keptAsideIn(beside, basename(target));
  if (aside !== undefined) throw damaged('inspection', target, `it was kept aside as ${aside}`);
}

const STATE_OFFSET = 16;
const SHUT_DOWN = 1;

/** Whether the cluster was closed in order. `pg_control`: system id (8 bytes), version, catalogue, then the state. */
export function wasClosedInOrder(directory: string): boolean {
  return readFileSync(join(directory, 'global/pg_control')).readInt32LE(STATE_OFFSET) === SHUT_DOWN;
}
