import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import type { WriteJournal } from '../opening/write-journal.ts';
import type { CompiledPostgres } from './compiled-postgres.ts';
import { DurableFileSystem } from './durable-file-system.ts';
import type { LogSettings } from './wire.ts';

const SETTINGS = [
  // 128 MB is PostgreSQL's default, and 120 MB of resident memory for a log that is read from its end.
  'shared_buffers=16MB',
  // Statements are prepared once, while tables are small or empty, and nothing analyses the tables: say that indexes are right.
  'plan_cache_mode=force_generic_plan',
  'enable_seqscan=off',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
];

export interface Cluster {
  readonly pg: PGlite;
  readonly fileSystem: NodeFS;
  /** PostgreSQL's last fatal message and what belongs to it, or null. */
  readonly lastWords: () => string | null;
}

/**
 * Starts PostgreSQL on a directory that was inspected. Rejects with PostgreSQL's own words where that fails.
 *
 * @param journal keeps what PostgreSQL overwrites while it starts, and until it is closed
 */
export async function startCluster(
  { dataDirectory, durability }: Pick<LogSettings, 'dataDirectory' | 'durability'>,
  postgres?: CompiledPostgres,
  journal?: WriteJournal,
): Promise<Cluster> {
  const power = durability === 'power';
  const fileSystem = power ? new DurableFileSystem(dataDirectory) : new NodeFS(dataDirectory);
  journal?.watch(fileSystem);
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
    return { pg, fileSystem, lastWords: () => lastWordsIn(said) };
  } catch (error) {
    throw new Error(lastWordsIn(said) ?? String(error), { cause: error });
  }
}

/** PostgreSQL's last words: its fatal message, and the detail after it. */
function lastWordsIn(said: readonly string[]): string | null {
  const fatal = said.findLastIndex((line) => /(FATAL|PANIC): /.test(line));
  const words = said.slice(fatal).filter((line) => !line.includes('Aborted('));
  if (fatal === -1 || words.length === 0) return null;
  return words.map((line) => line.replace(/^.*?(FATAL|PANIC|DETAIL|HINT): */, '')).join(' ');
}
