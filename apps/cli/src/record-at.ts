import type { EventLog, EventRecord } from '@retrace/event-log';
import { CommandError, EXIT_CODES } from './exit-code.ts';

/** The record at a position. Rejects with `NothingFound`, saying which positions there are. */
export async function recordAt(log: EventLog, position: number): Promise<EventRecord> {
  if (position > 0) {
    for await (const [record] of log.read({ after: position - 1, limit: 1 }))
      if (record !== undefined) return record;
  }
  const head = await log.head();
  throw new CommandError(
    'NothingFound',
    EXIT_CODES.notFound,
    head === 0 ? 'The log is empty.' : `The log has the positions 1 to ${head}, not ${position}.`,
  );
}
