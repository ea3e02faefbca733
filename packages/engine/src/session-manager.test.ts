import { createMemoryLog } from '@retrace/event-log';
import type { EventLog } from '@retrace/event-log';
import { describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { ENGINE_TABLES } from './session-rows.ts';
import { SessionManager } from './session-manager.ts';
import { FakeViewHost } from './testing/index.ts';

async function start(log: EventLog = createMemoryLog({ tables: ENGINE_TABLES })) {
  const host = new FakeViewHost();
  const notices: string[] = [];
  const manager = new SessionManager({
    log,
    host,
    clock: () => new Date('2026-11-22T12:00:00.000Z'),
    newId: v7,
    appVersion: '0.1.0',
    onNotice: (notice) => notices.push(notice),
  });
  await manager.loadPersistedSessions();
  return { log, host, manager, notices };
}

async function recorded(log: EventLog) {
  const records = [];
  for await (const chunk of log.read()) records.push(...chunk);
  return records.map(({ type, actor, data }) => {
    const cause = data['cause'];
    return typeof cause === 'string' ? `${actor} ${type} ${cause}` : `${actor} ${type}`;
  });
}

describe('SessionManager', () => {
  it('carries a session from its creation to its return from the trash in a later run', async () => {
    const { log, manager, host, notices } = await start();
    const { id } = await manager.createSession({
      provider: 'custom',
      name: 'Work',
      url: 'https://a.example/',
    });
    await manager.activateSession(id);
    await manager.navigateSession(id, 'https://b.example/');
    host.click(id, 'https://b.example/2');
    await manager.settled();
    await manager.deleteSession(id);
    await manager.destroy();
    const later = await start(log);
    expect(later.manager.listSessions()).toEqual([]);
    const undone = await later.manager.undo();
    expect(undone.label).toBe('Deleted “Work”');
    await later.manager.settled();
    expect(later.host.shown).toBe(id);
    expect(later.host.listOf(id)?.index).toBe(2);
    expect(await recorded(log)).toEqual([
      'user SessionCreated',
      'page SessionPageDescribed',
      'user SessionActivated',
      'user SessionNavigated typed',
      'page SessionPageDescribed',
      'page SessionNavigated link',
      'user SessionDeleted',
      'undo SessionRestored',
    ]);
    expect([...notices, ...later.notices]).toEqual([]);
  });
});
