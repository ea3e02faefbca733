import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportOf, range, sampleAppend, sampleEvent } from '../contract/index.ts';
import { exportLog } from './export-log.ts';
import { importLog } from './import-log.ts';
import { verifyLog } from './verify-log.ts';
import { createMemoryLog } from '../memory/memory-log.ts';
import { startCluster, type Cluster } from '../pglite/cluster.ts';
import { PgliteSession } from '../pglite/pglite-session.ts';
import { installTemplate } from '../pglite/template.ts';
import { BUILT, ScratchLogs } from '../pglite/testing/scratch-log.ts';
import { SqlChain } from '../sql/sql-chain.ts';
import { declareSnapshots } from '../sql/sql-snapshots.ts';

const scratch = new ScratchLogs();
const EVENTS = 1200;
const REDACTED = 700;
let cluster: Cluster;
let sql: PgliteSession;
let chain: SqlChain;

beforeAll(async () => {
  const dataDirectory = join(await scratch.directory(), 'pg18');
  await installTemplate(BUILT.template, dataDirectory);
  cluster = await startCluster({ dataDirectory, durability: 'process' });
  sql = new PgliteSession(cluster.pg);
  await declareSnapshots(sql);
  chain = new SqlChain(sql);
  const source = createMemoryLog();
  for (const n of range(0, EVENTS / 2)) {
    await source.append(
      sampleAppend({ stream: `s${n % 5}`, events: [sampleEvent(`${n}`), sampleEvent('b')] }),
    );
  }
  await importLog({ chain }, exportLog(source));
  const redactedAt = '2026-11-22T10:00:00.000Z';
  await chain.redact({ position: REDACTED, replacement: { note: 'gone' }, reason: 'asked', redactedAt });
});

afterAll(async () => {
  await cluster.pg.close();
  await scratch.dispose();
});

/** What verifying says after a change that is then taken back. */
async function verifiedAfter(change: string): Promise<unknown> {
  await cluster.pg.exec(`BEGIN; SET CONSTRAINTS ALL DEFERRED; ${change}`);
  try {
    return await verifyLog({ chain });
  } catch (error) {
    return error;
  } finally {
    await cluster.pg.exec('ROLLBACK');
  }
}

describe('verifying a log', () => {
  it('finds a whole one whole, and says that an event is redacted', async () => {
    expect(await verifyLog({ chain })).toEqual({ head: await chain.head(), redacted: 1 });
  });

  it.each<[string, string, number]>([
    ['its data', `UPDATE events SET data = '{"note":"x"}' WHERE position = 600`, 600],
    ['a blank in its data', `UPDATE events SET data = (data::text || ' ')::json WHERE position = 1`, 1],
    ['its event id', `UPDATE events SET event_id = gen_random_uuid() WHERE position = 5`, 5],
    ['its stream', `UPDATE events SET stream = 'elsewhere' WHERE position = 5`, 5],
    ['its version', `UPDATE events SET version = 9999 WHERE position = 5`, 5],
    ['its type', `UPDATE events SET type = 'Other' WHERE position = 1200`, 1200],
    ['its schema version', `UPDATE events SET schema_version = 2 WHERE position = 5`, 5],
    ['its time', `UPDATE events SET recorded_at = recorded_at + interval '1 ms' WHERE position = 5`, 5],
    ['its actor', `UPDATE events SET actor = 'page' WHERE position = 5`, 5],
    ['its command id', `UPDATE events SET command_id = gen_random_uuid() WHERE position = 5`, 5],
    ['its correlation id', `UPDATE events SET correlation_id = 'x' WHERE position = 5`, 5],
    ['its causation id', `UPDATE events SET causation_id = 'x' WHERE position = 5`, 5],
    ['the version of the application', `UPDATE events SET app_version = 'x' WHERE position = 5`, 5],
    ['what it undoes', `UPDATE events SET undoes = 'x' WHERE position = 5`, 5],
    ['its content hash', `UPDATE events SET content_hash = NULL WHERE position = 5`, 5],
    ['its link', `UPDATE events SET chain = sha256(chain) WHERE position = 5`, 5],
    [
      'data that was redacted',
      `UPDATE events SET data = '{"note":"x"}' WHERE position = ${REDACTED}`,
      REDACTED,
    ],
    ['why it was redacted', `UPDATE redactions SET reason = 'x'`, REDACTED],
    ['when it was redacted', `UPDATE redactions SET redacted_at = now()`, REDACTED],
    ['what it said before', `UPDATE redactions SET data_hash = sha256('x')`, REDACTED],
    ['the redaction, taken away', `DELETE FROM redactions`, REDACTED],
  ])('names the event of which was changed: %s', async (_what, change, position) => {
    expect(await verifiedAfter(change)).toMatchObject({ code: 'ChainBroken', position });
  });

  it.each<[string, string, number]>([
    ['left out', 'DELETE FROM events WHERE position = 600', 600],
    ['cut off at the end', 'DELETE FROM events WHERE position > 1100', 1101],
    [
      'cut off with the head',
      'DELETE FROM events WHERE position > 1100; UPDATE log_head SET position = 1100',
      1100,
    ],
    [
      'exchanged with the next',
      `UPDATE events SET position = -1 WHERE position = 600; UPDATE events SET position = 600 WHERE position = 601;
       UPDATE events SET position = 601 WHERE position = -1`,
      600,
    ],
  ])('names the first position of events that were %s', async (_what, change, position) => {
    expect(await verifiedAfter(change)).toMatchObject({ code: 'ChainBroken', position });
  });

  it('finds by a link kept elsewhere what fits in itself: events that were cut off, a log made anew', async () => {
    const anchor = await chain.head();
    const [row] = await sql.run(`SELECT encode(chain, 'hex') FROM events WHERE position = 1100`);
    const cut = `DELETE FROM events WHERE position > 1100;
      UPDATE log_head SET position = 1100, chain = decode('${row?.[0] ?? ''}', 'hex')`;
    expect(await verifiedAfter(cut)).toMatchObject({ head: { position: 1100 } });

    await cluster.pg.exec(`BEGIN; ${cut}`);
    await expect(verifyLog({ chain }, { anchor })).rejects.toMatchObject({
      code: 'ChainBroken',
      position: 1101,
    });
    await cluster.pg.exec('ROLLBACK');
    await expect(
      verifyLog({ chain }, { anchor: { position: 900, hash: anchor.hash } }),
    ).rejects.toMatchObject({ code: 'ChainBroken', position: 900 });
    expect(await verifyLog({ chain }, { anchor })).toMatchObject({ head: anchor });
  });

  it('an export of a log that has lost an event is refused', async () => {
    await cluster.pg.exec('BEGIN; DELETE FROM events WHERE position = 600');
    await expect(exportOf({ chain })).rejects.toMatchObject({
      code: 'LogDamaged',
      message: expect.stringContaining('position 600'),
    });
    await cluster.pg.exec('ROLLBACK');
  });
});
