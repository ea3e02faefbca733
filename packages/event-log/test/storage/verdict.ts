import { isDeepStrictEqual } from 'node:util';
import { GENESIS } from '../../src/chain/chain-link.ts';
import { recordsIn, sampleAppend } from '../../src/contract/sample-append.ts';
import { LogError } from '../../src/errors.ts';
import { openPgliteLog } from '../../src/pglite/pglite-log.ts';
import { BUILT } from '../../src/pglite/testing/scratch-log.ts';
import type { EventLog, EventRecord, TableSpec } from '../../src/port.ts';
import { told, type Told } from '../victim/job.ts';

/** What is found in a directory whose process or machine went down. */
export type Verdict =
  | { readonly kind: 'whole' }
  /** Events that were acknowledged are not there, or are not what they were. */
  | { readonly kind: 'lost'; readonly why: string }
  /** The directory does not open, or what it holds contradicts itself. */
  | { readonly kind: 'inconsistent'; readonly why: string };

export interface Expected {
  /** Positions up to this one were acknowledged. */
  readonly acknowledged: number;
  /** What is known of the events that were appended, in order; those after `acknowledged` may be there or not. */
  readonly events: readonly Told[];
  readonly tables: readonly TableSpec[];
}

/** Opens a directory with the real log and judges what is in it, its closing included. */
export async function judge(directory: string, expected: Expected): Promise<Verdict> {
  let log: EventLog;
  try {
    log = await openPgliteLog({ directory, ...BUILT, tables: expected.tables });
  } catch (error) {
    // By its mark it knows itself what it lost.
    if (error instanceof LogError && error.position !== null) return { kind: 'lost', why: error.message };
    return inconsistent(error);
  }
  const verdict = await judgeLog(log, expected);
  try {
    await log.close();
    return verdict;
  } catch (error) {
    return verdict.kind === 'whole' ? inconsistent(error) : verdict;
  }
}

/**
 * Judges what is in a log that was opened.
 *
 * 1. Every acknowledged event is there, as it was acknowledged.
 * 2. Positions are dense, and so are the versions of each stream; what is there beyond (1) is the beginning of what was appended.
 *    The chain of hashes holds.
 * 3. The rows and the newest snapshot can be read, and stand for no position that the log does not have.
 * 4. The next append succeeds.
 */
export async function judgeLog(log: EventLog, expected: Expected): Promise<Verdict> {
  try {
    const records = await recordsIn(log);
    const lost = lossIn(records, expected);
    if (lost !== null) return { kind: 'lost', why: lost };
    const contradiction = contradictionIn(records, expected);
    if (contradiction !== null) return inconsistent(contradiction);
    const chain = await log.chain.check(GENESIS, records.length + 1);
    if (chain.kind === 'broken')
      return inconsistent(`The chain breaks at ${chain.position}: ${chain.reason}`);
    for (const { name } of expected.tables) {
      const { position } = await log.rows.read(name);
      if (position > records.length) {
        return inconsistent(`The rows of ${name} stand for ${position}, the log ends at ${records.length}.`);
      }
    }
    const snapshot = await log.snapshots.newest('notes', Number.MAX_SAFE_INTEGER);
    if (snapshot !== null && snapshot.position > records.length) {
      return inconsistent(`A snapshot stands for ${snapshot.position}, the log ends at ${records.length}.`);
    }
    const { events } = await log.append(sampleAppend());
    return events[0]?.position === records.length + 1
      ? { kind: 'whole' }
      : inconsistent('The next append left a gap.');
  } catch (error) {
    return inconsistent(error);
  }
}

function inconsistent(why: unknown): Verdict {
  return { kind: 'inconsistent', why: String(why) };
}

function lossIn(records: readonly EventRecord[], { acknowledged, events }: Expected): string | null {
  const there = new Map(records.map((record) => [record.position, record]));
  const newest = records.at(-1)?.position ?? 0;
  if (newest < acknowledged) return `${acknowledged} were acknowledged, and the log ends at ${newest}.`;
  for (const event of events) {
    const record = there.get(event.position);
    if (event.position > acknowledged || (record !== undefined && isDeepStrictEqual(told(record), event)))
      continue;
    return `Position ${event.position} was acknowledged and is not there as it was.`;
  }
  return null;
}

function contradictionIn(records: readonly EventRecord[], { events }: Expected): string | null {
  const known = new Map(events.map((event) => [event.position, event]));
  const versions = new Map<string, number>();
  for (const [index, record] of records.entries()) {
    const version = (versions.get(record.stream) ?? 0) + 1;
    versions.set(record.stream, version);
    if (record.position !== index + 1) return `Position ${index + 1} is missing.`;
    if (record.version !== version) return `Version ${version} of ${record.stream} is missing.`;
    const event = known.get(record.position);
    if (event !== undefined && !isDeepStrictEqual(told(record), event)) {
      return `Position ${record.position} is not what was appended.`;
    }
  }
  return null;
}
