import type { Durability } from '../port.ts';
import type { SqlSession } from '../sql/sql-session.ts';

/**
 * What an acknowledged append survives on this server, by its settings:
 * `fsync` and a `synchronous_commit` that waits for the disk make `power`; without `fsync` it is with the operating system, which
 * is `process`; without the wait, a server that is killed loses the newest, and only `memory` can be promised.
 */
export async function durabilityOf(sql: Pick<SqlSession, 'run'>): Promise<Durability> {
  const [settings = []] = await sql.run(
    `SELECT current_setting('fsync'), current_setting('synchronous_commit')`,
  );
  const [fsync, synchronousCommit] = settings;
  if (synchronousCommit === 'off') return 'memory';
  return fsync === 'on' ? 'power' : 'process';
}
