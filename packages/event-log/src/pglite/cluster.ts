import { existsSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { LogError } from '../errors.ts';
import { CLUSTER_NAME, POSTGRES_MAJOR } from './cluster-name.ts';
import type { CompiledPostgres } from './compiled-postgres.ts';
import { DurableFileSystem } from './durable-file-system.ts';
import { isNotWritable } from './faults.ts';
import type { LogSettings } from './wire.ts';

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

const SETTINGS = [
  // 128 MB is PostgreSQL's default, and 120 MB of resident memory for a log that is read from its end.
  'shared_buffers=16MB',
  // Statements are prepared once, while tables are small or empty, and nothing analyses the tables: say that indexes are right.
  'plan_cache_mode=force_generic_plan',
  'enable_seqscan=off',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
];

/** Throws `LogDamaged` or `LogIncompatible` for a directory that must not be opened, having only read it. */
export function inspectCluster(directory: string): void {
  const missing = REQUIRED.filter((name) => !existsSync(join(directory, name)));
  if (missing.length > 0) throw damaged(directory, `${missing.join(', ')} missing`);
  if (statSync(join(directory, 'global/pg_control')).size !== CONTROL_LENGTH) {
    throw damaged(directory, 'global/pg_control is not whole');
  }
  if (!readdirSync(join(directory, 'pg_wal')).some((name) => /^[0-9A-F]{24}$/.test(name))) {
    throw damaged(directory, 'its write-ahead log is missing');
  }
  const major = readFileSync(join(directory, 'PG_VERSION'), 'utf8').trim();
  if (major !== String(POSTGRES_MAJOR)) {
    throw new LogError(
      'LogIncompatible',
      `${directory} was written by PostgreSQL ${major}, and this is ${POSTGRES_MAJOR}. It was left as it is.`,
    );
  }
}

/** Throws `LogIncompatible` where the directory holds a cluster of another major, so that a new one is not begun beside it. */
export function refuseOtherMajors(target: string): void {
  const other = readdirSync(dirname(target)).find((name) => /^pg\d+$/.test(name) && name !== CLUSTER_NAME);
  if (other === undefined) return;
  throw new LogError(
    'LogIncompatible',
    `The log in ${dirname(target)} is of PostgreSQL ${other.slice(2)}, and this is ${POSTGRES_MAJOR}. It was left as it is.`,
  );
}

const STATE_OFFSET = 16;
const SHUT_DOWN = 1;

/** Whether the cluster was closed in order. `pg_control`: system id (8 bytes), version, catalogue, then the state. */
export function wasClosedInOrder(directory: string): boolean {
  return readFileSync(join(directory, 'global/pg_control')).readInt32LE(STATE_OFFSET) === SHUT_DOWN;
}

export interface Cluster {
  readonly pg: PGlite;
  readonly fileSystem: NodeFS;
}

/** Starts PostgreSQL on a directory that was inspected. Throws `LogDamaged` with PostgreSQL's own words where that fails. */
export async function startCluster(
  { dataDirectory, durability }: Pick<LogSettings, 'dataDirectory' | 'durability'>,
  postgres?: CompiledPostgres,
): Promise<Cluster> {
  const power = durability === 'power';
  const fileSystem = power ? new DurableFileSystem(dataDirectory) : new NodeFS(dataDirectory);
  const said: string[] = [];
  // Who calls owns the directory, so it is the remnant of a process that ended. PostgreSQL writes it without a sync: after a power
  // cut it can be there and be empty, and PostgreSQL does not start then.
  rmSync(join(dataDirectory, 'postmaster.pid'), { force: true });
  try {
    const pg = await PGlite.create({
      fs: fileSystem,
      ...(postgres === undefined ? {} : { pgliteWasmModule: postgres }),
      startParams: [
        // `-F` is PGlite's default and turns every sync off.
        ...PGlite.defaultStartParams.filter((parameter) => !power || parameter !== '-F'),
        ...[...SETTINGS, ...(power ? ['wal_sync_method=fsync'] : [])].flatMap((setting) => ['-c', setting]),
      ],
      // The errors that PGlite throws say `Aborted()`; the reason is on stderr only (gbrain#3519).
      onStderr: (line) => {
        said.push(line);
        if (said.length > 20) said.shift();
        return false;
      },
    });
    return { pg, fileSystem };
  } catch (error) {
    // PostgreSQL leaves it behind when it fails to start; nothing else was added to the directory.
    rmSync(join(dataDirectory, 'postmaster.pid'), { force: true });
    const reason = reasonOf(said) ?? String(error);
    throw isNotWritable(new Error(reason))
      ? new LogError('LogNotWritable', `${dataDirectory} cannot be written: ${reason}`, { cause: error })
      : damaged(dataDirectory, reason, error);
  }
}

/** PostgreSQL's last words: its fatal message, and the detail after it. */
function reasonOf(said: readonly string[]): string | null {
  const fatal = said.findLastIndex((line) => /(FATAL|PANIC): /.test(line));
  const words = said.slice(fatal).filter((line) => !line.includes('Aborted('));
  if (fatal === -1 || words.length === 0) return null;
  return words.map((line) => line.replace(/^.*?(FATAL|PANIC|DETAIL|HINT): */, '')).join(' ');
}

function damaged(directory: string, reason: string, cause?: unknown): LogError {
  return new LogError('LogDamaged', `${directory} does not open: ${reason}. It was kept.`, { cause });
}
