import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { OpenSubject } from './subject.ts';

/** What is used of better-sqlite3; it is not among the project's own packages. */
interface Database {
  pragma(text: string): unknown;
  exec(sql: string): void;
  prepare(sql: string): { run(...values: unknown[]): unknown };
  close(): void;
}

/** A prepared INSERT a row, in this thread, with a unique stream version and no more. */
export const openBetterSqlite: OpenSubject = ({ directory, durability, peers }) => {
  const require = createRequire(join(peers, 'better-sqlite3/package.json'));
  const Sqlite = require('better-sqlite3') as new (path: string) => Database;
  const database = new Sqlite(join(directory, 'raw.db'));
  database.pragma('journal_mode = WAL');
  database.pragma(`synchronous = ${durability === 'power' ? 'FULL' : 'OFF'}`);
  database.exec(`CREATE TABLE raw (position INTEGER PRIMARY KEY, event_id TEXT, stream TEXT, version INTEGER, type TEXT,
    schema_version INTEGER, data TEXT, recorded_at TEXT, actor TEXT, command_id TEXT, correlation_id TEXT,
    causation_id TEXT, app_version TEXT, undoes TEXT, UNIQUE (stream, version))`);
  const insert =
    database.prepare(`INSERT INTO raw (event_id, stream, version, type, schema_version, data, recorded_at,
    actor, command_id, correlation_id, causation_id, app_version, undoes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  return Promise.resolve({
    append: (stream, version, { type, data }) => {
      insert.run(
        ...[randomUUID(), stream, version + 1, type, 1, JSON.stringify(data), new Date().toISOString()],
        ...['page', randomUUID(), randomUUID(), null, '0.1.0', null],
      );
      return Promise.resolve();
    },
    close: () => {
      database.close();
      return Promise.resolve();
    },
  });
};
