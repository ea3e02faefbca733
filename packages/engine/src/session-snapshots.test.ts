import { describe, expect, it } from '@jest/globals';
import type { EventLog, Json, Snapshots } from '@retrace/event-log';
import type { Desktop } from '@retrace/protocol';
import { of } from 'rxjs';
import { memoryLog, run } from '../test/engine-run.ts';
import { sessionId } from '../test/recorded-events.ts';
import { foldLog } from './fold-log.ts';
import { nothingFolded, NOTHING_FOLDED } from './projection.ts';
import { foldUpTo, keepSnapshots, newestSnapshot, saveSnapshot } from './session-snapshots.ts';

/** A log of 21 events or more of one session. */
async function walkedLog(options: { readonly snapshotEvery?: number } = {}): Promise<EventLog> {
  const log = memoryLog();
  const { manager, host } = await run(log, options);
  const { id } = await manager.createSession({ provider: 'custom', name: 'A', url: 'https://a.example/' });
  await manager.settled();
  for (let page = 0; page < 20; page += 1) host.click(id, `https://a.example/${page}`);
  await manager.settled();
  await manager.destroy();
  return log;
}

function desktop(digit: number): Desktop {
  return { id: sessionId(digit), name: `Desktop ${digit}` };
}

/** A log that counts the events that are read from it. */
function counting(log: EventLog): { readonly log: EventLog; readonly events: () => number } {
  let events = 0;
  return {
    events: () => events,
    log: {
      ...log,
      snapshots: log.snapshots,
      async *read(options) {
        for await (const records of log.read(options)) {
          events += records.length;
          yield records;
        }
      },
    },
  };
}

describe('foldUpTo', () => {
  it('folds no more than what lies after the nearest snapshot', async () => {
    const { log, events } = counting(await walkedLog());
    await foldUpTo(log, 18, { every: 5 });
    expect(events()).toBe(18);
    expect(await foldUpTo(log, 17, { every: 5 })).toEqual(await foldLog(log, NOTHING_FOLDED, { before: 18 }));
    expect(events()).toBe(18 + 2 + 17);
  });

  it.each<[string, (state: Json) => Json]>([
    ['of another projection', (state) => ({ ...(state as object), projection: '0' })],
    ['of another shape', () => ['what is this?']],
    [
      'of another moment',
      (state) => JSON.parse(JSON.stringify(state).replace('"position":10', '"position":9')) as Json,
    ],
  ])('drops a snapshot %s, and uses the one before', async (_, change) => {
    const log = await walkedLog();
    const right = await foldLog(log, NOTHING_FOLDED, { before: 13 });
    await foldUpTo(log, 12, { every: 5 });
    const kept = await log.snapshots.newest('sessions', 12);
    expect(kept?.position).toBe(10);
    await log.snapshots.save('sessions', 10, change(kept?.state ?? null));

    expect((await newestSnapshot(log, 12)).table.position).toBe(5);
    expect(await log.snapshots.newest('sessions', 12)).toMatchObject({ position: 5 });
    expect(await foldUpTo(log, 12, { every: 5 })).toEqual(right);
  });

  it('keeps what a desktop of a shared log sees apart from what another one does', async () => {
    const log = await walkedLog();
    const [mine, theirs] = [desktop(1), desktop(2)];
    await foldUpTo(log, 12, { every: 5, desktop: mine });
    expect((await newestSnapshot(log, 12, mine)).table).toMatchObject({ position: 10, desktop: mine });
    expect((await newestSnapshot(log, 12, { ...mine, name: 'new' })).table.desktop?.name).toBe('new');
    for (const other of [theirs, undefined]) {
      expect((await newestSnapshot(log, 12, other)).table.position).toBe(0);
      expect(await foldUpTo(log, 12, { every: 5, desktop: other })).toEqual(
        await foldLog(log, nothingFolded(other), { before: 13 }),
      );
    }
  });

  it('begins with nothing where no snapshot is early enough', async () => {
    const log = await walkedLog();
    await saveSnapshot(log, await foldLog(log, NOTHING_FOLDED));
    expect(await foldUpTo(log, 3)).toEqual(await foldLog(log, NOTHING_FOLDED, { before: 4 }));
    expect(await foldUpTo(log, 0)).toEqual(NOTHING_FOLDED);
  });
});

describe('keepSnapshots', () => {
  it('keeps one each time that the projection has come past another stretch of events', async () => {
    const log = await walkedLog({ snapshotEvery: 5 });
    for (const position of [5, 10, 15, 20]) {
      const folded = await newestSnapshot(log, position);
      expect(folded.table.position).toBe(position);
      expect(folded).toEqual(await foldLog(log, NOTHING_FOLDED, { before: position + 1 }));
    }
  });

  it('tells of one that could not be kept, and goes on with the next', async () => {
    const full = new Error('The disk is full.');
    const log = memoryLog();
    const snapshots: Snapshots = {
      ...log.snapshots,
      save: (name, position, state) =>
        position === 2 ? Promise.reject(full) : log.snapshots.save(name, position, state),
    };
    const steps = [1, 2, 3].map((to) => ({
      from: to - 1,
      to,
      folded: { ...NOTHING_FOLDED, table: { ...NOTHING_FOLDED.table, position: to } },
    }));
    const failures: unknown[] = [];
    await keepSnapshots({ snapshots }, of(...steps), 1, (error) => failures.push(error));
    expect(failures).toEqual([full]);
    expect(await log.snapshots.newest('sessions', 2)).toMatchObject({ position: 1 });
    expect(await log.snapshots.newest('sessions', 3)).toMatchObject({ position: 3 });
  });
});
