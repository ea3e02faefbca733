/**
 * How long the main process is kept from its window, run in a process of its own: the engine with views in memory, the log in its
 * worker. Prints one JSON object of 99th percentiles in milliseconds.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { EventLog } from '@retrace/event-log';
import { uuidv7 as newId } from 'uuidv7';
import { openEngine, openLog } from './stored-log.ts';

const COMMANDS = 1_000;
const EVENTS = 100_000;
/** Events of one append while the log is filled: far more than a command has, so that filling takes seconds. */
const BATCH = 1_000;

const NANOSECONDS = 1e6;
/** The sampler's own period, which its figures include. */
const RESOLUTION_MS = 1;

/** The 99th percentile of the delay of timers while `work` runs, in milliseconds. */
async function delayDuring(work: () => Promise<void>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  await work();
  delay.disable();
  return Math.max(0, delay.percentile(99) / NANOSECONDS - RESOLUTION_MS);
}

/** One session that is renamed until the log holds `EVENTS` more events. */
async function fill(log: EventLog): Promise<void> {
  const sessionId = newId();
  const facts = {
    causationId: null,
    actor: 'user',
    recordedAt: new Date().toISOString(),
    appVersion: 'bench',
    undoes: null,
  };
  const append = async (type: string, data: readonly Record<string, string>[]): Promise<void> => {
    const events = data.map((fields) => ({ type, schemaVersion: 1, data: { sessionId, ...fields } }));
    const writes = [{ stream: sessionId, expectation: { kind: 'any' }, events }] as const;
    await log.append({ ...facts, commandId: newId(), correlationId: newId(), writes });
  };
  const partition = `persist:custom-${sessionId}`;
  await append('SessionCreated', [{ provider: 'custom', name: 'Name 0', partition, homeUrl: 'about:blank' }]);
  for (let from = 1; from < EVENTS; from += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, EVENTS - from) }, (_, index) => from + index);
    await append(
      'SessionRenamed',
      numbers.map((number) => ({ name: `Name ${number}`, previousName: `Name ${number - 1}` })),
    );
  }
}

const userData = await mkdtemp(join(tmpdir(), 'retrace-bench-'));
try {
  const log = await openLog(userData);
  const manager = await openEngine(log);
  const { id } = await manager.createSession({ provider: 'custom', name: 'Busy' });
  const commands = await delayDuring(async () => {
    for (let number = 0; number < COMMANDS; number += 1) await manager.renameSession(id, `Busy ${number}`);
  });
  await manager.destroy();
  await fill(log);
  // The rows are dropped, so that the next start has to fold every event.
  await log.rows.write({
    table: 'sessions',
    position: 0,
    state: null,
    upserts: [],
    deletes: [],
    clear: true,
  });
  const rebuild = await delayDuring(async () => {
    const rebuilt = await openEngine(log);
    await rebuilt.destroy();
  });
  await log.close();
  console.log(JSON.stringify({ commands, rebuild }));
} finally {
  await rm(userData, { recursive: true, force: true });
}
