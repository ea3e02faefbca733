import { readFile } from 'node:fs/promises';
import { startCluster } from '../cluster.ts';
import { installTemplate } from '../template.ts';
import { BUILT } from './scratch-log.ts';

/** The events that `schema-1.sql` has. */
export const FROZEN_EVENTS = 6;

/** Makes a cluster with the log that the first release wrote, and `more` events of a stream `many` after its own. */
export async function installSchema1(dataDirectory: string, more = 0): Promise<void> {
  await installTemplate(BUILT.template, dataDirectory);
  const { pg } = await startCluster({ dataDirectory, durability: 'process' });
  await pg.exec('DROP TABLE redactions, events, log_head, projections, log_schema');
  await pg.exec(await readFile(new URL('./schema-1.sql', import.meta.url), 'utf8'));
  await pg.exec(`
INSERT INTO events SELECT ${FROZEN_EVENTS} + n, gen_random_uuid(), 'many', n, 'Noted', 1, json_build_object('note', n),
  '2026-11-22T09:00:00.120Z', 'user', gen_random_uuid(), 'many', NULL, '0.1.0', NULL, sha256(int4send(n))
FROM generate_series(1, ${more}) AS n;
UPDATE log_head SET position = position + ${more}`);
  await pg.close();
}
