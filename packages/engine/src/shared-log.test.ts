import { describe, expect, it } from '@jest/globals';
import type { EventLog } from '@retrace/event-log';
import type { Desktop, SessionId } from '@retrace/protocol';
import { openElsewhere } from '@retrace/protocol';
import { memoryLog, run } from '../test/engine-run.ts';

const STUDY: Desktop = { id: '00000000-0000-4000-8000-000000000001', name: 'study' };
const LAPTOP: Desktop = { id: '00000000-0000-4000-8000-000000000002', name: 'laptop' };

const work = { provider: 'custom', name: 'Work', url: 'https://a.example/' } as const;

type Desk = Awaited<ReturnType<typeof run>>;

/** Two desktops on one log. */
async function twoDesktops(log: EventLog = memoryLog()) {
  return { log, study: await run(log, { desktop: STUDY }), laptop: await run(log, { desktop: LAPTOP }) };
}

async function shownSession({ manager }: Desk): Promise<SessionId> {
  const { id } = await manager.createSession(work);
  await manager.activateSession(id);
  await manager.settled();
  return id;
}

/** A session of `desk` that sleeps: another one takes its place. */
async function sleepingSession(log: EventLog): Promise<SessionId> {
  const desk = await run(log, { desktop: STUDY, maxLiveViews: 1 });
  const id = await shownSession(desk);
  await shownSession(desk);
  await desk.manager.settled();
  await desk.manager.destroy();
  return id;
}

describe('two desktops on one log', () => {
  it('see each other’s sessions, and have a view of their own ones only', async () => {
    const { study, laptop } = await twoDesktops();
    const [ofStudy, ofLaptop] = [await shownSession(study), await shownSession(laptop)];

    expect(study.manager.listSessions()).toEqual(laptop.manager.listSessions());
    expect([study.host.live, study.host.shown]).toEqual([[ofStudy], ofStudy]);
    expect([laptop.host.live, laptop.host.shown]).toEqual([[ofLaptop], ofLaptop]);
    const [row] = laptop.manager.listSessions();
    expect(row && openElsewhere(laptop.manager.table, row)).toEqual(STUDY);
  });

  it.each<[string, (desk: Desk, id: SessionId) => Promise<unknown>]>([
    ['shown', ({ manager }, id) => manager.activateSession(id)],
    ['sent to another address', ({ manager }, id) => manager.navigateSession(id, 'https://b.example/')],
    ['sent back', ({ manager }, id) => manager.goBack(id)],
  ])('refuse to have %s what the other has open', async (_what, ask) => {
    const { study, laptop } = await twoDesktops();
    const id = await shownSession(study);
    await expect(ask(laptop, id)).rejects.toMatchObject({
      code: 'OpenElsewhere',
      message: expect.stringContaining('study'),
    });
    expect(laptop.host.live).toEqual([]);
  });

  it('rename and delete what the other has open', async () => {
    const { study, laptop } = await twoDesktops();
    const id = await shownSession(study);
    await laptop.manager.renameSession(id, 'Play');
    expect(study.manager.listSessions()).toMatchObject([{ name: 'Play' }]);
    const { actionId } = await laptop.manager.deleteSession(id);
    await study.manager.settled();
    expect([study.host.live, study.manager.getActiveSession()]).toEqual([[], null]);
    expect(await laptop.manager.undo(actionId)).toMatchObject({ sessionId: id });
  });

  it('open at will what sleeps, whoever had it open', async () => {
    const log = memoryLog();
    const id = await sleepingSession(log);
    const { laptop } = await twoDesktops(log);
    await laptop.manager.activateSession(id);
    await laptop.manager.settled();
    expect(laptop.host.shown).toBe(id);
  });

  it('open what sleeps once, also when both ask for it at the same instant', async () => {
    const log = memoryLog();
    const id = await sleepingSession(log);
    const { study, laptop } = await twoDesktops(log);
    const asked = await Promise.allSettled([
      study.manager.activateSession(id),
      laptop.manager.activateSession(id),
    ]);
    expect(asked).toMatchObject([{ status: 'fulfilled' }, { reason: { code: 'OpenElsewhere' } }]);
    expect(laptop.host.live).toEqual([]);
  });

  it('take over what the other has open, which closes it and goes on without it', async () => {
    const { study, laptop } = await twoDesktops();
    const id = await shownSession(study);
    await laptop.manager.takeOverSession(id);
    await Promise.all([study.manager.settled(), laptop.manager.settled()]);
    expect([laptop.host.shown, laptop.manager.getActiveSession()]).toEqual([id, id]);
    expect([study.host.live, study.manager.getActiveSession()]).toEqual([[], null]);
  });

  it('show one of their own in place of a deleted session', async () => {
    const { study, laptop } = await twoDesktops();
    const first = await shownSession(study);
    await shownSession(laptop);
    await study.manager.deleteSession(await shownSession(study));
    expect(study.manager.getActiveSession()).toBe(first);
  });

  it('take back what was done to their own sessions, and by its name what was done to others', async () => {
    const { study, laptop } = await twoDesktops();
    const ofStudy = await shownSession(study);
    await shownSession(laptop);
    expect(await study.manager.undo()).toMatchObject({ sessionId: ofStudy, label: 'Created “Work”' });
    await expect(study.manager.undo()).rejects.toMatchObject({ code: 'NothingToUndo' });
    expect(laptop.manager.listSessions()).toHaveLength(1);
  });

  it.each(['from the stored rows', 'from the whole log'])(
    'come back to what they showed, %s',
    async (from) => {
      const { log, study, laptop } = await twoDesktops();
      const [ofStudy, ofLaptop] = [await shownSession(study), await shownSession(laptop)];
      await laptop.manager.destroy();
      await study.manager.destroy();
      if (from === 'from the whole log') {
        const nothing = { position: 0, state: null, upserts: [], deletes: [], clear: true } as const;
        await log.rows.write({ table: 'sessions', ...nothing });
      }

      const again = await twoDesktops(log);

      expect(again.study.host.shown).toBe(ofStudy);
      expect(again.laptop.host.shown).toBe(ofLaptop);
      expect(again.study.notices).toEqual([]);
    },
  );

  it('leave a log that one desktop goes on with alone as its own', async () => {
    const { log, study, laptop } = await twoDesktops();
    const [ofStudy] = [await shownSession(study), await shownSession(laptop)];
    await study.manager.destroy();
    await laptop.manager.destroy();

    const alone = await run(log);
    await alone.manager.activateSession(ofStudy);
    await alone.manager.settled();

    expect(alone.host.shown).toBe(ofStudy);
  });
});
