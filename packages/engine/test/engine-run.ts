import { createMemoryLog } from '@retrace/event-log';
import type { Append, EventLog, EventRecord } from '@retrace/event-log';
import { uuidv7 } from 'uuidv7';
import { ENGINE_TABLES } from '../src/session-rows.ts';
import type { SessionManagerOptions } from '../src/session-manager.ts';
import { SessionManager } from '../src/session-manager.ts';
import { FakeViewHost } from '../src/testing/index.ts';

export function memoryLog(): EventLog {
  return createMemoryLog({ tables: ENGINE_TABLES });
}

/** One run of the engine on a log: a manager, loaded, with a browser in memory. Its clock goes on a second at each look. */
export async function run(log: EventLog = memoryLog(), options: Partial<SessionManagerOptions> = {}) {
  const host = new FakeViewHost();
  const notices: string[] = [];
  let seconds = 0;
  const manager = new SessionManager({
    log,
    host,
    clock: () => new Date(Date.UTC(2026, 10, 22, 9, 0, seconds++)),
    newId: uuidv7,
    appVersion: '0.0.0',
    onNotice: (notice) => notices.push(notice),
    ...options,
  });
  await manager.loadPersistedSessions();
  return { log, host, manager, notices };
}

/** Events of a type that only a later Retrace knows. */
export function laterAppend(stream: string, count = 1): Append {
  const event = { type: 'SessionFramed', schemaVersion: 1, data: { frame: 'oak' } };
  return {
    commandId: uuidv7(),
    correlationId: uuidv7(),
    causationId: null,
    actor: 'user',
    recordedAt: '2026-11-22T09:00:00.000Z',
    appVersion: '9.0.0',
    undoes: null,
    writes: [{ stream, expectation: { kind: 'any' }, events: Array.from({ length: count }, () => event) }],
  };
}

/** Every record of a log, the oldest first. */
export async function recordsOf(log: EventLog): Promise<EventRecord[]> {
  const records: EventRecord[] = [];
  for await (const chunk of log.read()) records.push(...chunk);
  return records;
}

/** What happened, as `actor Type`, with the cause of a navigation. */
export async function storyOf(log: EventLog): Promise<string[]> {
  return (await recordsOf(log)).map(({ actor, type, data }) => {
    const cause = data['cause'];
    return typeof cause === 'string' ? `${actor} ${type} ${cause}` : `${actor} ${type}`;
  });
}
