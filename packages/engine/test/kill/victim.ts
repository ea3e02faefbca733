import { readFileSync, writeSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Append, EventLog } from '@retrace/event-log';
import fc from 'fast-check';
import { foldedFromRows, sessionsTable } from '../../src/session-rows.ts';
import { carryOut, deedArbitrary } from '../../src/testing/index.ts';
import { openDiskLog } from '../disk-log.ts';
import { run } from '../engine-run.ts';
import type { Job, Message } from './messages.ts';
import { parseMessages } from './messages.ts';
import { verify } from './verify.ts';

/*
 * The process that is killed: opens a directory, checks what the victims before it left, then does random deeds with the real
 * engine on the real log, and says each acknowledgement before it goes on.
 */

function say(message: Message): void {
  // Written when this returns: what is said after a kill was never said.
  writeSync(1, `${JSON.stringify(message)}\n`);
}

/** The log, telling each append: once it is done or, to break the guarantee on purpose, before. */
function telling(log: EventLog, mode: Job['mode']): EventLog {
  const tell = ({ commandId, writes }: Append) => say({ kind: 'appended', commandId, writes });
  return {
    access: log.access,
    durability: log.durability,
    committed$: log.committed$,
    rows: log.rows,
    snapshots: log.snapshots,
    chain: log.chain,
    read: (options) => log.read(options),
    head: () => log.head(),
    follow: (after) => log.follow(after),
    redact: (redaction) => log.redact(redaction),
    close: () => log.close(),
    append: async (append) => {
      if (mode === 'early') tell(append);
      const receipt = await log.append(append);
      if (mode !== 'early') tell(append);
      return receipt;
    },
  };
}

async function live(job: Job): Promise<void> {
  const log = await openDiskLog(job.directory);
  const acknowledged = parseMessages(readFileSync(job.acknowledgements, 'utf8'));
  const events = await verify(log, acknowledged);
  const { manager, host, notices } = await run(telling(log, job.mode), { maxLiveViews: 4 });
  await manager.settled();
  const rows = foldedFromRows(await log.rows.read(sessionsTable.name));
  if (
    manager.table.position > 0 &&
    (typeof rows === 'string' || !isDeepStrictEqual(rows.table, manager.table))
  ) {
    throw new Error('The rows are not the table.');
  }
  say({ kind: 'verified', events, acknowledged: acknowledged.length });
  if (job.mode !== 'verify') {
    // More than any victim lives to do.
    for (const deed of fc.sample(deedArbitrary, { seed: job.seed, numRuns: 5_000 })) {
      await carryOut(deed, manager, host);
      say({ kind: 'answered', position: manager.table.position });
    }
  }
  await manager.destroy();
  await log.close();
  if (notices.length > 0) throw new Error(notices.join(' '));
}

// The one argument is written by killing.ts.
const job = JSON.parse(process.argv[2] ?? '') as Job;
try {
  await live(job);
} catch (error) {
  say({ kind: 'broken', why: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  process.exit(1);
}
