import { existsSync } from 'node:fs';
import type { OpeningStep } from '../errors.ts';
import { startCluster, type Cluster } from '../pglite/cluster.ts';
import { SCHEMA_VERSION } from '../pglite/schema.ts';
import { PgliteSession } from '../pglite/pglite-session.ts';
import type { SqlSession } from '../sql/sql-session.ts';
import { installTemplate } from '../pglite/template.ts';
import type { Access, LogSettings } from '../pglite/wire.ts';
import { inspectCluster, refuseEmptyStart, wasClosedInOrder } from './inspect-cluster.ts';
import { damaged, openingError } from './opening-error.ts';
import { flawOfTail } from './verify-tail.ts';
import { WriteJournal } from './write-journal.ts';

export interface OpenCluster {
  readonly cluster: Cluster;
  readonly sql: PgliteSession;
  readonly access: Access;
  /** Sentences for the person. */
  readonly notices: readonly string[];
}

/**
 * Opens the cluster of a directory that this process owns, in steps: inspection (which only reads), recovery, checkpoint,
 * verification of the end of the log.
 *
 * Invariants:
 * 1. A directory that is refused is byte for byte what it was before, whichever step refused it; of PostgreSQL's
 *    `postmaster.pid`, which names a process that has ended, nothing is kept.
 * 2. A new, empty log is made only where there never was one.
 * 3. A log that a newer version wrote is read and not changed.
 *
 * Rejects with a `LogError` that names the step: `LogDamaged`, `LogIncompatible`, `LogNotWritable`.
 */
export async function openCluster(settings: LogSettings): Promise<OpenCluster> {
  const { dataDirectory, template } = settings;
  if (!existsSync(dataDirectory)) {
    refuseEmptyStart(dataDirectory);
    await installTemplate(template, dataDirectory);
  }
  inspectCluster(dataDirectory);
  const closedInOrder = wasClosedInOrder(dataDirectory);

  const journal = new WriteJournal();
  let step: OpeningStep = 'recovery';
  let cluster: Cluster | null = null;
  try {
    cluster = await startCluster(settings, journal);
    const sql = new PgliteSession(cluster.pg);
    const schema = await schemaOf(sql);

    step = 'checkpoint';
    // Opened, written and killed 15 times without one, PGlite's recovery corrupted data (pglite-kill-dash-9).
    if (!closedInOrder) await sql.run('CHECKPOINT');

    step = 'verification';
    const flaw = await flawOfTail(sql);
    if (flaw !== null) throw damaged(step, dataDirectory, flaw);

    journal.close();
    if (schema <= SCHEMA_VERSION) return { cluster, sql, access: 'read-write', notices: [] };
    await sql.run('SET default_transaction_read_only = on');
    return { cluster, sql, access: 'read-only', notices: [newerSentence(schema)] };
  } catch (error) {
    const refusal = openingError(step, dataDirectory, error, cluster?.lastWords() ?? null);
    journal.takeBack();
    throw refusal;
  }
}

async function schemaOf(sql: Pick<SqlSession, 'run'>): Promise<number> {
  const [row] = await sql.run('SELECT version FROM log_schema');
  const version = Number(row?.[0]);
  if (!Number.isSafeInteger(version)) throw new Error('the log does not say which schema it has');
  return version;
}

function newerSentence(schema: number): string {
  return `The log was written by a newer version (its schema is ${schema}, and ${SCHEMA_VERSION} is known here). It can be read; nothing is saved. Use the newer version.`;
}
