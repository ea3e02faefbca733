import { join } from 'node:path';
import { uuidv7 as newId } from 'uuidv7';
import { ENGINE_TABLES, SessionManager } from '@retrace/engine';
import { FakeViewHost } from '@retrace/engine/testing';
import { openPgliteLog } from '@retrace/event-log';
import type { PgliteLog } from '@retrace/event-log';
import { root } from '../project.ts';

const built = join(root, 'packages/event-log/dist');

/** The log of an application whose data lies in `userData`, opened as the application opens it. */
export function openLog(userData: string): Promise<PgliteLog> {
  return openPgliteLog({
    directory: join(userData, 'log'),
    workerUrl: join(built, 'log-worker.js'),
    template: join(built, 'template.tar.gz'),
    tables: ENGINE_TABLES,
  });
}

/** The engine on that log, with views in memory. */
export async function openEngine(log: PgliteLog): Promise<SessionManager> {
  const manager = new SessionManager({
    log,
    host: new FakeViewHost(),
    clock: () => new Date(),
    newId,
    appVersion: 'bench',
    onNotice: (notice) => {
      throw new Error(notice);
    },
  });
  await manager.loadPersistedSessions();
  return manager;
}

/** Stores `count` sessions in an application's data, the first of them shown. */
export async function storeSessions(userData: string, count: number): Promise<void> {
  const log = await openLog(userData);
  const manager = await openEngine(log);
  for (let number = 1; number <= count; number += 1) {
    const { id } = await manager.createSession({ provider: 'custom', name: `Session ${number}` });
    if (number === 1) await manager.activateSession(id);
  }
  await manager.destroy();
  await log.close();
}
