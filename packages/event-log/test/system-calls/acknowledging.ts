import { writeSync } from 'node:fs';
import { range, sampleAppend } from '../../src/contract/sample-append.ts';
import { openPgliteLog } from '../../src/pglite/pglite-log.ts';
import { BUILT } from '../../src/pglite/testing/scratch-log.ts';
import type { Durability } from '../../src/port.ts';

/*
 * The process that is traced: opens a new log, appends, and says on its standard output, a system call each, when it asks and when it
 * has a receipt.
 */
const say = (text: string): number => writeSync(1, `${text}\n`);

const [directory = '', durability] = process.argv.slice(2);
const log = await openPgliteLog({
  directory,
  ...BUILT,
  // Written by system-calls.test.ts.
  durability: durability as Exclude<Durability, 'memory'>,
});
// No more at once than go in one transaction: while one is acknowledged, the next is being written already.
for (const together of [1, 1, 1, 1, 1, 20, 1, 32]) {
  say(`asked ${together}`);
  await Promise.all(
    range(1, together).map(async () => {
      const { events } = await log.append(sampleAppend());
      say(`acknowledged ${events[0]?.position ?? 0}`);
    }),
  );
}
await log.close();
