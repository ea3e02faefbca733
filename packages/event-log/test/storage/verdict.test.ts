import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { range, sampleAppend, sampleEvent } from '../../src/contract/sample-append.ts';
import { forgetAcknowledged } from '../../src/pglite/acknowledged-mark.ts';
import { startCluster } from '../../src/pglite/cluster.ts';
import { CLUSTER_NAME } from '../../src/pglite/cluster-name.ts';
import { ScratchLogs } from '../../src/pglite/testing/scratch-log.ts';
import { TABLES, told, type Told } from '../victim/job.ts';
import { judge } from './verdict.ts';

const scratch = new ScratchLogs();
afterEach(() => scratch.dispose());

/** A closed log of five events, and what was told of them. */
async function logOfFive(): Promise<{ readonly directory: string; readonly events: readonly Told[] }> {
  const directory = await scratch.directory();
  const log = await scratch.open(directory);
  const events: Told[] = [];
  for (const n of range(1, 5)) {
    const receipt = await log.append(sampleAppend({ events: [sampleEvent(`${n}`)] }));
    events.push(...receipt.events.map(told));
  }
  await log.close();
  return { directory, events };
}

async function tamper(directory: string, sql: string): Promise<void> {
  const { pg } = await startCluster({ dataDirectory: join(directory, CLUSTER_NAME), durability: 'process' });
  await pg.exec(sql);
  await pg.close();
}

describe('the judge of a log', () => {
  it('finds nothing to say of a whole one, and goes on from where it ends', async () => {
    const { directory, events } = await logOfFive();
    expect(await judge(directory, { acknowledged: 5, events, tables: TABLES })).toEqual({ kind: 'whole' });
  });

  it.each<[string, (cluster: string) => void]>([
    ['by itself', forgetAcknowledged],
    ['by the mark that the log has', () => undefined],
  ])('misses an acknowledged event at the end, %s', async (_how, prepare) => {
    const { directory, events } = await logOfFive();
    await tamper(
      directory,
      `DELETE FROM events WHERE position = 5;
       UPDATE log_head SET position = 4, chain = (SELECT chain FROM events WHERE position = 4)`,
    );
    prepare(join(directory, CLUSTER_NAME));
    expect(await judge(directory, { acknowledged: 5, events, tables: TABLES })).toMatchObject({
      kind: 'lost',
    });
  });

  it('sees an acknowledged event that says something else', async () => {
    const { directory, events } = await logOfFive();
    const otherwise = events.map((event) =>
      event.position === 2 ? { ...event, data: { note: 'another two' } } : event,
    );
    expect(await judge(directory, { acknowledged: 5, events: otherwise, tables: TABLES })).toMatchObject({
      kind: 'lost',
    });
  });

  it('sees a hole and a broken chain among events that nobody was told of', async () => {
    const { directory } = await logOfFive();
    await tamper(directory, `UPDATE events SET actor = 'nobody' WHERE position = 3`);
    const untold = { acknowledged: 0, events: [], tables: TABLES };
    expect(await judge(directory, untold)).toMatchObject({ kind: 'inconsistent' });
    await tamper(directory, 'DELETE FROM events WHERE position = 3');
    expect(await judge(directory, untold)).toMatchObject({ kind: 'inconsistent' });
  });

  it('takes a directory that does not open for inconsistent', async () => {
    const { directory, events } = await logOfFive();
    await tamper(directory, 'DROP TABLE log_head');
    expect(await judge(directory, { acknowledged: 5, events, tables: TABLES })).toMatchObject({
      kind: 'inconsistent',
    });
  });
});
