import type { EventLog } from '@retrace/event-log';
import type { ChannelArguments, RecordedEvent } from '@retrace/protocol';
import { readEvent } from './stored-events.ts';

/**
 * A page of the log, the newest event first. `hasMore` says whether older ones remain. Records that this version cannot read
 * are left out, so a page may be shorter than `limit` though more remain.
 */
export async function readTimeline(
  log: EventLog,
  { before, limit, sessionId }: ChannelArguments<'timeline:read'>[0],
): Promise<{ readonly events: readonly RecordedEvent[]; readonly hasMore: boolean }> {
  const events: RecordedEvent[] = [];
  let seen = 0;
  for await (const records of log.read({
    direction: 'backward',
    ...(before !== undefined && { before }),
    ...(sessionId !== undefined && { stream: sessionId }),
    limit: limit + 1,
  })) {
    for (const record of records) {
      seen += 1;
      const event = seen <= limit ? readEvent(record) : null;
      if (event !== null) events.push(event);
    }
  }
  return { events, hasMore: seen > limit };
}
