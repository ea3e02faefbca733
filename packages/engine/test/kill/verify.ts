import { isDeepStrictEqual } from 'node:util';
import type { EventLog, EventRecord } from '@retrace/event-log';
import { EMPTY_TABLE } from '@retrace/protocol';
import { evolve } from '../../src/evolve.ts';
import { NOTHING_FOLDED } from '../../src/projection.ts';
import { foldLog } from '../../src/fold-log.ts';
import { startFromLog } from '../../src/start-up.ts';
import { readEvent } from '../../src/stored-events.ts';
import { recordsOf } from '../engine-run.ts';
import type { Message } from './messages.ts';

/**
 * What must hold on a directory whose process was killed. Throws a sentence about what does not.
 *
 * 1. Positions are dense, and so are the versions of each stream.
 * 2. Every acknowledged append is in the log, whole, with its content; every answered position is there.
 * 3. The stored rows with the tail folded onto them are what folding the whole log gives, without a rebuild.
 */
export async function verify(log: EventLog, acknowledged: readonly Message[]): Promise<number> {
  const records = await recordsOf(log);
  expectDense(records);
  expectAcknowledged(records, acknowledged);
  let table = EMPTY_TABLE;
  for (const record of records) {
    const event = readEvent(record);
    if (event === null) throw new Error(`Position ${record.position} cannot be read.`);
    table = evolve(table, event);
  }
  const notices: string[] = [];
  const { folded } = await startFromLog(log, (notice) => notices.push(notice));
  if (notices.length > 0) throw new Error(notices.join(' '));
  if (!isDeepStrictEqual(folded.table, table)) throw new Error('Rows and tail are not what the log gives.');
  if (!isDeepStrictEqual(await foldLog(log, NOTHING_FOLDED), folded)) {
    throw new Error('Rows and tail carry other versions than the log.');
  }
  return records.length;
}

function expectDense(records: readonly EventRecord[]): void {
  const versions = new Map<string, number>();
  for (const [place, { position, stream, version }] of records.entries()) {
    if (position !== place + 1) throw new Error(`Position ${position} is number ${place + 1} of the log.`);
    if (version !== (versions.get(stream) ?? 0) + 1)
      throw new Error(`A version is missing before ${position}.`);
    versions.set(stream, version);
  }
}

function expectAcknowledged(records: readonly EventRecord[], acknowledged: readonly Message[]): void {
  const byCommand = new Map<string, EventRecord[]>();
  for (const record of records) {
    byCommand.set(record.commandId, [...(byCommand.get(record.commandId) ?? []), record]);
  }
  for (const message of acknowledged) {
    if (message.kind === 'answered' && message.position > records.length) {
      throw new Error(`Position ${message.position} was answered; the log ends at ${records.length}.`);
    }
    if (message.kind !== 'appended') continue;
    const found = byCommand.get(message.commandId) ?? [];
    const said = message.writes.flatMap(({ stream, events }) =>
      events.map(({ type, data }) => ({ stream, type, data })),
    );
    if (
      !isDeepStrictEqual(
        found.map(({ stream, type, data }) => ({ stream, type, data })),
        said,
      )
    ) {
      throw new Error(`Command ${message.commandId} was acknowledged and is not in the log.`);
    }
  }
}
