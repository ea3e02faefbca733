import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { range, sampleAppend, sampleEvent } from '../../src/contract/sample-append.ts';
import { exportLog } from '../../src/export/export-log.ts';
import { CLUSTER_NAME } from '../../src/pglite/cluster-name.ts';
import { openPgliteLog } from '../../src/pglite/pglite-log.ts';
import { FROZEN_EVENTS, installSchema1 } from '../../src/pglite/testing/schema-1.ts';
import { BUILT } from '../../src/pglite/testing/scratch-log.ts';
import { receiptsIn } from '../victim/job.ts';
import { runVictim } from '../victim/run-victim.ts';
import type { Preparation } from './sweep.ts';

export const noLog: Preparation = () => Promise.resolve(0);

export const logOfKilledProcess: Preparation = async (job) => {
  await runVictim({ ...job, life: 'work' });
  return receiptsIn(await readFile(job.receipts, 'utf8')).length;
};

export const logOfSchema1: Preparation = async ({ directory }) => {
  const more = 300;
  await installSchema1(join(directory, CLUSTER_NAME), more);
  return FROZEN_EVENTS + more;
};

/** An empty log, and an export of some batches. */
export const exportToImport: Preparation = async ({ directory, source }) => {
  await (await openPgliteLog({ directory, ...BUILT })).close();
  const log = await openPgliteLog({ directory: join(dirname(directory), 'exported'), ...BUILT });
  for (const n of range(1, 40)) {
    await log.append(sampleAppend({ events: [sampleEvent(`${n} ${'x'.repeat(20_000)}`)] }));
  }
  await writeFile(source, exportLog(log));
  await log.close();
  return 0;
};
