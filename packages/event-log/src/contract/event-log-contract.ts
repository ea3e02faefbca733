import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventLog, TableSpec } from '../port.ts';
import { describeAppends } from './append-contract.ts';
import { describeChain } from './chain-contract.ts';
import { describeExports } from './export-contract.ts';
import { describeExpectations } from './expectation-contract.ts';
import { describeFollowing } from './follow-contract.ts';
import { describeIdempotency } from './idempotency-contract.ts';
import { describeRandomAppends } from './model-contract.ts';
import { describeReads } from './read-contract.ts';
import { describeRows } from './rows-contract.ts';
import { recordsIn, sampleAppend } from './sample-append.ts';
import { describeSnapshots } from './snapshots-contract.ts';

/** Makes the logs that the contract is tried on. */
export interface ContractSubject {
  /** An empty log. May be asked for while another one is open. */
  readonly open: (tables: readonly TableSpec[]) => Promise<EventLog>;
  /** Closes a log and opens it again; left out where a log ends with the process. */
  readonly reopen?: (log: EventLog, tables: readonly TableSpec[]) => Promise<EventLog>;
  /** Removes what `open` made. */
  readonly dispose?: () => Promise<void>;
}

/** The log that a group of tests shares, since opening one is dear. Tests use streams of their own. */
export interface Shared {
  log: EventLog;
  readonly subject: ContractSubject;
}

/** Runs with another log, which is empty, beside the shared one. */
export async function withEmptyLog(
  { subject }: Shared,
  work: (empty: EventLog) => Promise<void>,
): Promise<void> {
  const empty = await subject.open(CONTRACT_TABLES);
  try {
    await work(empty);
  } finally {
    await empty.close();
  }
}

export const CONTRACT_TABLES = [
  {
    name: 'folders',
    key: 'id',
    columns: { id: { type: 'uuid' }, name: { type: 'text' } },
  },
  {
    name: 'papers',
    key: 'id',
    columns: {
      id: { type: 'text' },
      folder: { type: 'uuid', nullable: true, cascadesFrom: 'folders' },
      pages: { type: 'bigint' },
      weight: { type: 'double precision' },
      signed: { type: 'boolean' },
      at: { type: 'timestamptz', nullable: true },
      content: { type: 'jsonb' },
    },
  },
] as const satisfies readonly TableSpec[];

/**
 * What every log promises, whatever it is made of. Each test names the guarantee that it tries.
 *
 *  1. Positions are dense from 1, and those of one append are consecutive.
 *  2. The versions of a stream are dense from 1.
 *  3. Commit order is read order, with any number of appends at once.
 *  4. An append whose expectation is wrong is refused, says why, and leaves nothing.
 *  5. An append to several streams happens whole or not at all.
 *  6. A command id appends once, after a restart too: the same content gets the first receipt, other content a conflict.
 *  7. A receipt holds the records as a read gives them.
 *  8. A read gives what its options say, in chunks, in both directions.
 *  9. `committed$` and `follow` give each record once, in order, without a gap.
 * 10. Rows, state and position of a table are of one moment; the position goes back only when the table is cleared.
 * 11. What is malformed is refused as `InvalidAppend`, and leaves nothing.
 * 12. Every event has the link of the chain that docs/export-format.md tells how to compute; `log_head` has the newest.
 * 13. Exported lines are imported as they are, where the log is at the link before them: all of them or none.
 * 14. An event that was redacted says what replaced it, and the chain still fits.
 * 15. `close` finishes what was asked for; then everything is refused as `LogClosed`.
 * 16. An export is the same to the byte wherever it is made; it verifies, and an import of it gives the same log, gone on with at will.
 * 17. Snapshots come back as they were saved, until they are dropped or an event that they may hold is redacted.
 */
export function describeEventLogContract(name: string, subject: ContractSubject): void {
  describe(`${name} keeps the contract of the event log`, () => {
    // Assigned before the first test runs.
    const shared = { subject } as Shared;

    beforeAll(async () => {
      shared.log = await subject.open(CONTRACT_TABLES);
    });

    describeAppends(shared);
    describeExpectations(shared);
    describeIdempotency(shared);
    describeRandomAppends(shared);
    describeReads(shared);
    describeFollowing(shared);
    describeRows(shared);
    describeChain(shared);
    describeExports(shared);
    describeSnapshots(shared);

    afterAll(async () => {
      await shared.log.close();
      await subject.dispose?.();
    });

    describe('closing', () => {
      it('15: finishes the appends that were asked for before, then refuses everything', async () => {
        const { log } = shared;
        const asked = Promise.all([log.append(sampleAppend()), log.append(sampleAppend())]);
        let completed = false;
        log.follow(0).subscribe({ complete: () => (completed = true) });

        await log.close();

        await expect(asked).resolves.toHaveLength(2);
        expect(completed).toBe(true);
        const closed = expect.objectContaining({ code: 'LogClosed' });
        await expect(log.append(sampleAppend())).rejects.toEqual(closed);
        await expect(recordsIn(log)).rejects.toEqual(closed);
        await expect(log.head()).rejects.toEqual(closed);
        await expect(log.rows.read('papers')).rejects.toEqual(closed);
        await expect(log.snapshots.newest('any', 1)).rejects.toEqual(closed);
        await expect(log.close()).resolves.toBeUndefined();
      });
    });
  });
}
