import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { ENGINE_TABLES, SessionManager } from '@retrace/engine';
import { FakeViewHost } from '@retrace/engine/testing';
import { openPgliteLog, type EventLog, type PgliteLog } from '@retrace/event-log';

const BUILT = new URL('../dist/', import.meta.url);

/** The log of a data directory, opened as the desktop opens it; made from the template where there is none. */
export function openLogIn(userData: string): Promise<PgliteLog> {
  if (!existsSync(BUILT)) throw new Error('Run `npm run build` first.');
  return openPgliteLog({
    directory: join(userData, 'log'),
    workerUrl: new URL('log/worker.js', BUILT),
    template: fileURLToPath(new URL('log/template.tar.gz', BUILT)),
    tables: ENGINE_TABLES,
  });
}

/** Ids of the sessions that {@link prepareLog} makes. */
export interface PreparedSessions {
  readonly work: string;
  readonly play: string;
}

/**
 * Fills the log of a data directory with what a person might have done: two sessions, pages walked in one of them, the other
 * renamed and put into the trash. Event n is recorded n seconds or more after nine in the morning of 22 November 2026.
 */
export async function prepareLog(userData: string): Promise<PreparedSessions> {
  const log = await openLogIn(userData);
  try {
    return await fillLog(log);
  } finally {
    await log.close();
  }
}

/** The same on a log that is open. */
export async function fillLog(log: EventLog): Promise<PreparedSessions> {
  const host = new FakeViewHost();
  let seconds = 0;
  const manager = new SessionManager({
    log,
    host,
    clock: () => new Date(Date.UTC(2026, 10, 22, 9, 0, seconds++)),
    newId: randomUUID,
    appVersion: '0.1.0',
    onNotice: (notice) => {
      throw new Error(notice);
    },
  });
  await manager.loadPersistedSessions();
  const work = await manager.createSession({ provider: 'claude', name: 'Work' });
  await manager.activateSession(work.id);
  await manager.settled();
  for (const page of [1, 2, 3]) host.click(work.id, `https://claude.ai/chat/${page}`);
  await manager.settled();
  const play = await manager.createSession({ provider: 'gemini', name: 'Play' });
  await manager.renameSession(play.id, 'Games');
  await manager.deleteSession(play.id);
  await manager.destroy();
  return { work: work.id, play: play.id };
}
