import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { startCluster } from '../../src/pglite/cluster.ts';
import { installTemplate } from '../../src/pglite/template.ts';
import type { OpenSubject } from './subject.ts';

/** The columns of an event with a primary key, and nothing else. */
const TABLE = `CREATE TABLE raw (position bigint PRIMARY KEY, event_id uuid, stream text, version integer, type text,
  schema_version smallint, data json, recorded_at timestamptz, actor text, command_id uuid, correlation_id text,
  causation_id text, app_version text, undoes text)`;
const INSERT = 'INSERT INTO raw VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)';

/**
 * `PGlite.query` in this thread, with no expectation, no idempotency and no chain; at `power` on the file system class that syncs,
 * since stock PGlite never reaches the disk.
 */
export const openRawPglite: OpenSubject = async ({ directory, durability }) => {
  const dataDirectory = join(directory, 'raw');
  await installTemplate(join(process.cwd(), 'packages/event-log/dist/template.tar.gz'), dataDirectory);
  const { pg } = await startCluster({ dataDirectory, durability });
  await pg.exec(TABLE);
  let position = 0;
  return {
    append: async (stream, version, { type, data }) => {
      position += 1;
      await pg.query(INSERT, [
        ...[position, randomUUID(), stream, version + 1, type, 1, data],
        ...[new Date().toISOString(), 'page', randomUUID(), randomUUID(), null, '0.1.0', null],
      ]);
    },
    close: () => pg.close(),
  };
};
