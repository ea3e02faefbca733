import { sealOfSnapshot, type SnapshotTexts } from '../snapshots.ts';
import type { SqlSession } from './sql-session.ts';

/** Of no version of the log's schema: snapshots are derived, so the table comes where it is missing and may be dropped whole. */
const TABLE_SQL = `CREATE TABLE snapshots (
  name text NOT NULL,
  position bigint NOT NULL,
  state text NOT NULL,
  seal text NOT NULL,
  PRIMARY KEY (name, position)
)`;

/** Makes the table of snapshots where it is not there. In its caller's transaction. */
export async function declareSnapshots(sql: Pick<SqlSession, 'run'>): Promise<void> {
  const [[exists] = []] = await sql.run(`SELECT to_regclass('snapshots') IS NOT NULL`);
  if (exists !== 't') await sql.run(TABLE_SQL);
}

/**
 * The snapshots of a log in SQL.
 *
 * Invariant: what `newest` gives is what was saved under that name and position. A row that is not is dropped, and the one before
 * it looked at.
 */
export class SqlSnapshots implements SnapshotTexts {
  constructor(private readonly sql: Pick<SqlSession, 'all' | 'run'>) {}

  async save(name: string, position: number, text: string): Promise<void> {
    await this.sql.all([
      // Derived from the log: not worth a sync of the disk.
      { sql: `SELECT set_config('synchronous_commit', 'off', true)`, values: [] },
      {
        sql: `INSERT INTO snapshots (name, position, state, seal) VALUES ($1, $2, $3, $4)
ON CONFLICT (name, position) DO UPDATE SET state = excluded.state, seal = excluded.seal`,
        values: [name, String(position), text, sealOfSnapshot(name, position, text)],
      },
    ]);
  }

  async newest(name: string, atOrBefore: number): ReturnType<SnapshotTexts['newest']> {
    for (;;) {
      const [row] = await this.sql.run(
        `SELECT position, state, seal FROM snapshots WHERE name = $1 AND position <= $2 ORDER BY position DESC LIMIT 1`,
        [name, String(atOrBefore)],
      );
      if (row === undefined) return null;
      const position = Number(row[0]);
      const text = row[1] ?? '';
      if (row[2] === sealOfSnapshot(name, position, text)) return { position, text };
      await this.drop(name, position);
    }
  }

  async drop(name: string, position: number | null): Promise<void> {
    await this.sql.run('DELETE FROM snapshots WHERE name = $1 AND ($2::bigint IS NULL OR position = $2)', [
      name,
      position === null ? null : String(position),
    ]);
  }
}

/** Drops every snapshot that may hold what the event at a position said. */
export async function forgetSnapshotsFrom(sql: Pick<SqlSession, 'run'>, position: number): Promise<void> {
  await sql.run('DELETE FROM snapshots WHERE position >= $1', [String(position)]);
}
