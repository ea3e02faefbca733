import { describe, expect, it } from '@jest/globals';
import { run, storyOf } from '../test/engine-run.ts';

describe('SessionManager', () => {
  it('carries a session from its creation to its return from the trash in a later run', async () => {
    const { log, manager, host, notices } = await run();
    const { id } = await manager.createSession({
      provider: 'custom',
      name: 'Work',
      url: 'https://a.example/',
    });
    await manager.activateSession(id);
    await manager.navigateSession(id, 'https://b.example/');
    await manager.settled();
    host.click(id, 'https://b.example/2');
    await manager.settled();
    await manager.deleteSession(id);
    await manager.destroy();
    const later = await run(log);
    expect(later.manager.listSessions()).toEqual([]);
    expect((await later.manager.undo()).label).toBe('Deleted “Work”');
    await later.manager.settled();
    expect(later.host.shown).toBe(id);
    expect(later.host.listOf(id)?.index).toBe(2);
    expect(await storyOf(log)).toEqual([
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
