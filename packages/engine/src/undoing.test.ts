import { describe, expect, it } from '@jest/globals';
import type { SessionId } from '@retrace/protocol';
import fc from 'fast-check';
import { memoryLog, recordsOf, run, storyOf } from '../test/engine-run.ts';
import { carryOut, deedArbitrary } from './testing/index.ts';

const [one, two, three] = ['https://one.example/', 'https://two.example/', 'https://three.example/'];

async function withSession() {
  const engine = await run();
  const { id } = await engine.manager.createSession({ provider: 'custom', name: 'Work', url: one });
  await engine.manager.activateSession(id);
  await engine.manager.settled();
  return { ...engine, id, urls: () => urlsOf(engine, id) };
}

function urlsOf({ manager }: Awaited<ReturnType<typeof run>>, id: SessionId): string[] {
  const { navigation } = manager.table.sessions[id]?.metadata ?? { navigation: { entries: [], index: -1 } };
  return navigation.entries.map(({ url }, place) => (place === navigation.index ? `[${url}]` : url));
}

describe('undo', () => {
  it('brings a deleted session back, with its list, shown', async () => {
    const { manager, id } = await withSession();
    await manager.navigateSession(id, two);
    await manager.settled();
    const before = manager.table.sessions[id];
    const { actionId } = await manager.deleteSession(id);
    expect(manager.getActiveSession()).toBeNull();
    expect(await manager.undo()).toEqual({ actionId, sessionId: id, label: 'Deleted “Work”' });
    expect(manager.table.sessions[id]).toEqual({ ...before, lastActive: expect.any(String) });
    expect(manager.getActiveSession()).toBe(id);
  });

  it('deletes a created session, which can be restored', async () => {
    const { manager, id } = await withSession();
    expect(await manager.undo()).toMatchObject({ label: 'Created “Work”' });
    expect(manager.listSessions()).toEqual([]);
    expect(await manager.restoreSession(id)).toMatchObject({ id, deletedAt: null });
    expect(await manager.undo()).toMatchObject({ label: 'Restored “Work”' });
    expect(manager.listSessions()).toEqual([]);
  });

  it('gives the name before back', async () => {
    const { manager, id } = await withSession();
    await manager.renameSession(id, 'Play');
    expect(await manager.undo()).toMatchObject({ label: 'Renamed “Work” to “Play”' });
    expect(manager.listSessions()).toMatchObject([{ name: 'Work' }]);
  });

  it('takes a navigation back with what followed from it, and the view goes there', async () => {
    const { manager, host, id, urls } = await withSession();
    host.redirect(two, `${two}login`);
    await manager.navigateSession(id, two);
    await manager.settled();
    host.click(id, three);
    await manager.settled();
    expect(urls()).toEqual([one, `${two}login`, `[${three}]`]);
    expect(await manager.undo()).toMatchObject({ label: `Opened ${two} in “Work”` });
    await manager.settled();
    expect(urls()).toEqual([`[${one}]`]);
    expect(host.listOf(id)).toMatchObject({ entries: [{ url: one }], index: 0 });
  });

  it('passes over a navigation that came to nothing', async () => {
    const { manager, host, id, urls } = await withSession();
    await manager.navigateSession(id, two);
    host.unreachable(three);
    await manager.navigateSession(id, three);
    await manager.settled();
    expect(await manager.undo()).toMatchObject({ label: `Opened ${two} in “Work”` });
    expect(urls()).toEqual([`[${one}]`]);
  });

  it('goes forward again for a step back, and the other way round', async () => {
    const { manager, id, urls } = await withSession();
    await manager.navigateSession(id, two);
    await manager.goBack(id);
    expect(await manager.undo()).toMatchObject({ label: 'Went back in “Work”' });
    expect(urls()).toEqual([one, `[${two}]`]);
  });

  it('goes further back each time, until nothing is left, and never takes back an undo', async () => {
    const { manager, id } = await withSession();
    await manager.renameSession(id, 'Second');
    await manager.navigateSession(id, two);
    await manager.renameSession(id, 'Third');
    const labels: string[] = [];
    for (let step = 0; step < 4; step += 1) labels.push((await manager.undo()).label);
    expect(labels).toEqual([
      'Renamed “Second” to “Third”',
      `Opened ${two} in “Second”`,
      'Renamed “Work” to “Second”',
      'Created “Work”',
    ]);
    await expect(manager.undo()).rejects.toMatchObject({ code: 'NothingToUndo' });
  });

  it('does not count showing a session as something to take back', async () => {
    const { manager, id } = await withSession();
    const other = await manager.createSession({ provider: 'custom', name: 'Play' });
    await manager.activateSession(other.id);
    await manager.activateSession(id);
    expect(await manager.undo()).toMatchObject({ label: 'Created “Play”' });
  });

  it('takes back one old action and keeps the later ones', async () => {
    const { manager, id } = await withSession();
    const other = await manager.createSession({ provider: 'custom', name: 'Play' });
    const { actionId } = await manager.deleteSession(id);
    await manager.renameSession(other.id, 'Later');
    await manager.navigateSession(other.id, two);
    expect(await manager.undo(actionId)).toMatchObject({ sessionId: id });
    expect(manager.listSessions().map((row) => row.name)).toEqual(['Work', 'Later']);
    expect(manager.table.sessions[other.id]?.metadata.lastUrl).toBe(two);
  });

  it('refuses a named action that is undone, unknown, or overtaken by a newer one', async () => {
    const { manager, log, id } = await withSession();
    const { actionId } = await manager.deleteSession(id);
    await manager.undo(actionId);
    await manager.renameSession(id, 'Second');
    await manager.renameSession(id, 'Third');
    await manager.navigateSession(id, two);
    await manager.navigateSession(id, three);
    await manager.settled();
    const records = await recordsOf(log);
    const firstOf = (type: string) =>
      records.find((record) => record.type === type && record.actor === 'user')?.correlationId;
    const length = records.length;
    for (const named of [
      actionId,
      'd9b1a3f0-0000-4000-8000-000000000000',
      firstOf('SessionRenamed'),
      firstOf('SessionNavigated'),
    ]) {
      await expect(manager.undo(named)).rejects.toMatchObject({ code: 'NothingToUndo' });
    }
    expect(await recordsOf(log)).toHaveLength(length);
  });

  it('names what it takes back, as an action of its own by the actor undo', async () => {
    const { manager, log, id } = await withSession();
    const { actionId } = await manager.deleteSession(id);
    await manager.undo();
    const restored = (await recordsOf(log)).find((record) => record.type === 'SessionRestored');
    expect(restored).toMatchObject({ actor: 'undo', undoes: actionId, causationId: null });
    expect(restored?.correlationId).not.toBe(actionId);
  });

  it('works in a later run, as far back as the log goes', async () => {
    const { manager, log, id } = await withSession();
    await manager.renameSession(id, 'Second');
    await manager.deleteSession(id);
    await manager.undo();
    await manager.destroy();
    const later = await run(log);
    expect(await later.manager.undo()).toMatchObject({ label: 'Renamed “Work” to “Second”' });
    expect(await later.manager.undo()).toMatchObject({ label: 'Created “Work”' });
    await expect(later.manager.undo()).rejects.toMatchObject({ code: 'NothingToUndo' });
    expect((await storyOf(log)).filter((line) => line.startsWith('undo'))).toEqual([
      'undo SessionRestored',
      'undo SessionRenamed',
      'undo SessionDeleted',
    ]);
  });

  it('repeated to the end leaves no session in the list, whatever was done', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deedArbitrary, { maxLength: 30, size: 'max' }), async (deeds) => {
        const { manager, host, notices } = await run(memoryLog());
        for (const deed of deeds) await carryOut(deed, manager, host);
        for (let left = true; left;) {
          left = await manager.undo().then(
            () => true,
            (error: unknown) => {
              expect(error).toMatchObject({ code: 'NothingToUndo' });
              return false;
            },
          );
        }
        expect(manager.listSessions()).toEqual([]);
        expect(notices).toEqual([]);
        await manager.destroy();
      }),
      { numRuns: 40 },
    );
  });
});
