import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LogError } from '../errors.ts';
import type { LongWork } from '../export/progress.ts';
import { importBackup, type Restored } from '../opening/import-backup.ts';
import { openOrRebuild } from '../opening/open-or-rebuild.ts';
import { replaceCluster } from '../opening/replace-cluster.ts';
import type { Durability, TableSpec } from '../port.ts';
import { checkTables } from '../table-check.ts';
import { CLUSTER_NAME } from './cluster-name.ts';
import { compiledPostgres } from './compiled-postgres.ts';
import { makeDirectory } from './durable-directory.ts';
import { acquireOwnership, type OwnerLock } from './owner-lock.ts';
import { PgliteEventLog, type PgliteLog } from './pglite-event-log.ts';
import type { LogSettings } from './wire.ts';

export type { PgliteLog };

export interface PgliteLogOptions {
  /** The log's directory; made when it is not there. The cluster lies in it under a name with PostgreSQL's major, `pg18`. */
  readonly directory: string;
  /** The built worker that `npm run build -w @retrace/event-log` makes, `dist/log-worker.js`, as a `file:` URL or an absolute path. */
  readonly workerUrl: URL | string;
  /** The template of a new cluster that `npm run build -w @retrace/event-log` makes: `dist/template.tar.gz`. */
  readonly template: URL | string;
  /** The tables of rows that the log keeps; see {@link EventLog.rows}. None by default. */
  readonly tables?: readonly TableSpec[];
  /** `power` (the default) syncs the disk before an append is acknowledged; `process` does not. */
  readonly durability?: Exclude<Durability, 'memory'>;
  /**
   * After this long without a sign of life the worker is ended and the log opened again; 4,000 by default. A sign of life is any answer,
   * so what waits its turn is not ended, and checkpoints are known to take long. Each chunk of a read is an answer.
   */
  readonly answerLimitMs?: number;
  /**
   * The folder of the log's backups, see `BackupKeeper`. A log that does not open is kept aside, and rebuilt from the newest
   * backup that verifies, or from itself where it only lost its end and no backup goes further; `onNotice` hears what is missing. Without it such a log is refused as `LogDamaged`.
   */
  readonly backups?: string;
  /** Sentences about what happened by itself: a table that is made anew, a log that was opened again. */
  readonly onNotice?: (notice: string) => void;
}

/**
 * Opens the log in a directory and owns it until `close()`.
 *
 * ```ts
 * const log = await openPgliteLog({
 *   directory: join(userData, 'log'),
 *   workerUrl: new URL('./log-worker.js', import.meta.url),
 *   template: new URL('./template.tar.gz', import.meta.url),
 *   tables: [SESSIONS_TABLE],
 * });
 * ```
 *
 * Rejects with a `LogError`: `LogOwned`, `LogDamaged`, `LogIncompatible`, `LogNotWritable`, or `InvalidAppend` for malformed tables.
 */
export async function openPgliteLog(options: PgliteLogOptions): Promise<PgliteLog> {
  const specs = checkTables(options.tables ?? []);
  // Under way while the directory is taken; the thread that needs it tells of a failure.
  compiledPostgres().catch(() => undefined);
  const { directory, ownership } = await takeDirectory(options.directory);
  const dataDirectory = join(directory, CLUSTER_NAME);
  const settings = settingsOf(options, dataDirectory, [...specs.values()]);
  const open = (): Promise<PgliteEventLog> => PgliteEventLog.open(options, ownership, specs, settings);
  try {
    const { backups } = options;
    if (backups === undefined) return await open();
    return await openOrRebuild({
      dataDirectory,
      backups,
      open,
      openBeside: (beside) =>
        PgliteEventLog.open(options, STAYS_OWNED, new Map(), settingsOf(options, beside)),
      onNotice: (notice) => options.onNotice?.(notice),
    });
  } catch (error) {
    await ownership.release();
    throw error;
  }
}

/** For a log in a directory that its opener goes on owning. */
const STAYS_OWNED: OwnerLock = { release: () => Promise.resolve() };

/**
 * Puts the log that a backup holds in the place of the one in a directory, or where none is. What was there, in whatever state, is kept
 * aside and never changed; see `replaceCluster`. The log is not left open.
 *
 * Rejects with `LogOwned`, `LogNotWritable`, with `ExportDamaged` where the backup is not whole, or with the signal's reason; then
 * what was there is there.
 */
export async function restorePgliteLog(
  options: Pick<PgliteLogOptions, 'directory' | 'workerUrl' | 'template'>,
  backup: string,
  work: LongWork = {},
): Promise<Restored & { readonly keptAside: string | null }> {
  const { directory, ownership } = await takeDirectory(options.directory);
  try {
    const place = join(directory, CLUSTER_NAME);
    const { made, keptAside } = await replaceCluster(place, 'replaced', async (beside) => {
      const log = await PgliteEventLog.open(options, STAYS_OWNED, new Map(), settingsOf(options, beside));
      return await importBackup(log, backup, work);
    });
    return { ...made, keptAside };
  } finally {
    await ownership.release();
  }
}

function settingsOf(
  { template, durability = 'power' }: Pick<PgliteLogOptions, 'template' | 'durability'>,
  dataDirectory: string,
  tables: readonly TableSpec[] = [],
): LogSettings {
  const path = typeof template === 'string' ? template : fileURLToPath(template);
  return { dataDirectory, template: path, durability, tables };
}

async function takeDirectory(path: string): Promise<{ directory: string; ownership: OwnerLock }> {
  try {
    await makeDirectory(path);
    const directory = await realpath(path);
    return { directory, ownership: await acquireOwnership(directory) };
  } catch (error) {
    if (error instanceof LogError) throw error;
    throw new LogError('LogNotWritable', `${path} cannot be written: ${String(error)}`, { cause: error });
  }
}
