import { LogError } from '../errors.ts';
import { SCHEMA_SQL, SCHEMA_VERSION } from '../pglite/schema.ts';
import type { TableSpec } from '../port.ts';
import { schemaVersionOf, upgradeSchema } from '../sql/schema-upgrade.ts';
import { declareSnapshots } from '../sql/sql-snapshots.ts';
import { declareTables } from '../sql/sql-rows.ts';
import type { SqlSession } from '../sql/sql-session.ts';
import type { InTransaction, PostgresSession } from './postgres-session.ts';

/** `server_version_num` of the oldest PostgreSQL that the log runs on. */
const OLDEST = 150_000;

/**
 * Makes the log's tables in `schema` where they are not there yet, and brings the tables of rows to their specs. Any number of
 * processes may do so at once: an advisory lock lets them in one after the other.
 *
 * Resolves with sentences that say what was made anew. Rejects with `LogIncompatible` for a server that is too old, or a log that
 * a newer version wrote; it is left as it is.
 */
export async function openSchema(
  session: PostgresSession,
  schema: string,
  tables: readonly TableSpec[],
): Promise<readonly string[]> {
  const [[version = ''] = []] = await session.run(`SELECT current_setting('server_version_num')`);
  if (Number(version) < OLDEST) {
    throw new LogError(
      'LogIncompatible',
      `The server is PostgreSQL ${version ?? ''}; the log needs 15 or later.`,
    );
  }
  return await session.transaction(async (sql) => {
    await sql.run(`SELECT pg_advisory_xact_lock(hashtextextended('retrace/' || $1, 0))`, [schema]);
    const [[exists] = []] = await sql.run(
      `SELECT to_regclass(format('%I.log_schema', $1::text)) IS NOT NULL`,
      [schema],
    );
    if (exists !== 't') await makeTables(sql, schema);
    await bringToVersion(sql);
    await declareSnapshots(sql);
    return await declareTables(sql, tables);
  });
}

async function makeTables(sql: InTransaction, schema: string): Promise<void> {
  // Asked first, because creating takes a right on the database that a schema made by its owner does not need.
  const [there] = await sql.run('SELECT FROM pg_namespace WHERE nspname = $1', [schema]);
  if (there === undefined) await sql.run(`CREATE SCHEMA "${schema}"`);
  await sql.script(SCHEMA_SQL);
}

async function bringToVersion(sql: Pick<SqlSession, 'run'>): Promise<void> {
  const version = await schemaVersionOf(sql);
  if (version === SCHEMA_VERSION) return;
  if (version < SCHEMA_VERSION) {
    await upgradeSchema(sql);
    return;
  }
  throw new LogError(
    'LogIncompatible',
    `The log has schema ${version}, and this Retrace knows ${SCHEMA_VERSION}. Use the newer Retrace; the log was left as it is.`,
  );
}
