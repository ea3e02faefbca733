import { existsSync } from 'node:fs';
import type { OpeningStep } from '../errors.ts';
import { acknowledgedIn } from '../pglite/acknowledged-mark.ts';
import { startCluster, type Cluster } from '../pglite/cluster.ts';
import type { CompiledPostgres } from '../pglite/compiled-postgres.ts';
import { SCHEMA_VERSION } from '../pglite/schema.ts';
import { PgliteSession } from '../pglite/pglite-session.ts';
import { installTemplate } from '../pglite/template.ts';
import type { LogSettings, LongWork } from '../pglite/wire.ts';
import type { Access } from '../port.ts';
import { schemaVersionOf, upgradeSchema } from '../sql/schema-upgrade.ts';
import { inspectCluster, refuseEmptyStart, wasClosedInOrder } from './inspect-cluster.ts';
import { keepBeforeUpgrade } from './keep-before-upgrade.ts';
import { damaged, openingError } from './opening-error.ts';
import { flawOfChain, flawOfTail } from './verify-tail.ts';
import { WriteJournal } from './write-journal.ts';

/** What one step of an upgrade may take: the largest are an index over the whole log, and a file of its largest table. */
const UPGRADE_STEP_LIMIT_MS = 600_000;

export interface OpenCluster {
  readonly cluster: Cluster;
  readonly sql: PgliteSession;
  readonly access: Access;
  /** Sentences for the person. */
  readonly notices: readonly string[];
}

/**
 * Opens the cluster of a directory that this process owns, in steps: inspection (which only reads), recovery, checkpoint,
 * verification of the end of the log, and for one of an older schema the upgrade, before which a copy is kept.
 *
 * Invariants:
 * 1. A directory that is refused is byte for byte what it was before, whichever step refused it; of PostgreSQL's
 *    `postmaster.pid`, which names a process that has ended, nothing is kept.
 * 2. A new, empty log is made only where there never was one.
 * 3. A log that a newer version wrote is read and not changed.
 *
 * Rejects with a `LogError` that names the step: `LogDamaged`, `LogIncompatible`, `LogNotWritable`.
 *
 * @param announce tells of each step of an upgrade, which takes as long as the log is large
 */
export async function openCluster(
  settings: LogSettings,
  announce: (work: LongWork) => void,
  postgres?: CompiledPostgres,
): Promise<OpenCluster> {
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
    cluster = await startCluster(settings, postgres, journal);
    const sql = new PgliteSession(cluster.pg);
    const schema = await schemaVersionOf(sql);

    step = 'checkpoint';
    // Opened, written and killed 15 times without one, PGlite's recovery corrupted data (pglite-kill-dash-9).
    if (!closedInOrder) await sql.run('CHECKPOINT');

    step = 'verification';
    if (!Number.isSafeInteger(schema))
      throw damaged(step, dataDirectory, 'it does not say which schema it has');
    if (schema > SCHEMA_VERSION) {
      // What its tables are like is known to the newer version only, and so is whether they hold together.
      journal.close();
      await sql.run('SET default_transaction_read_only = on');
      return { cluster, sql, access: 'read-only', notices: [newerSentence(schema)] };
    }
    const flaw = schema === SCHEMA_VERSION ? await flawOfChain(sql) : await flawOfTail(sql);
    if (flaw !== null) throw damaged(step, dataDirectory, flaw);
    const [head] = await sql.run('SELECT position FROM log_head');
    checkAcknowledged(dataDirectory, Number(head?.[0]));
    journal.close();
    if (schema === SCHEMA_VERSION) return { cluster, sql, access: 'read-write', notices: [] };

    step = 'upgrade';
    const goOn = (): void => announce({ mayBeSilentMs: UPGRADE_STEP_LIMIT_MS });
    goOn();
    await sql.run('CHECKPOINT');
    await cluster.pg.close();
    const kept = await keepBeforeUpgrade(dataDirectory, schema, goOn);
    cluster = await startCluster(settings, postgres);
    const upgraded = new PgliteSession(cluster.pg);
    await upgraded.transaction((inside) => upgradeSchema(inside, { onProgress: goOn }));
    announce({ mayBeSilentMs: 0 });
    return { cluster, sql: upgraded, access: 'read-write', notices: [upgradedSentence(kept)] };
  } catch (error) {
    const refusal = openingError(step, dataDirectory, error, cluster?.lastWords() ?? null);
    journal.takeBack();
    throw refusal;
  }
}

/** Throws where the log ends before what was acknowledged: it lost its end, as a write-ahead log does by one bit. */
function checkAcknowledged(directory: string, head: number): void {
  const acknowledged = acknowledgedIn(directory);
  if (head >= acknowledged) return;
  throw damaged(
    'verification',
    directory,
    `it ends at position ${head}, and events up to ${acknowledged} at least had been saved`,
    { position: head + 1 },
  );
}

function newerSentence(schema: number): string {
  return `The log was written by a newer version (its schema is ${schema}, and ${SCHEMA_VERSION} is known here). It can be read; nothing is saved. Use the newer version.`;
}

function upgradedSentence(kept: string): string {
  return `The log was brought to a newer schema. A copy of it as it was lies in ${kept}; delete it when you like.`;
}
