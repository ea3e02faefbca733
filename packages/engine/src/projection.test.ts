import { describe, expect, it } from '@jest/globals';
import type { EventLog, EventRecord } from '@retrace/event-log';
import { LogError } from '@retrace/event-log';
import type { RecordedEvent, SessionEvent, SessionTable } from '@retrace/protocol';
import { EMPTY_TABLE } from '@retrace/protocol';
import { applyPatches } from 'immer';
import { concat, map, take, throwError } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { memoryLog, run } from '../test/engine-run.ts';
import { created, happened, recorded, sessionId, tableOf } from '../test/recorded-events.ts';
import type { ProjectionStep } from './projection.ts';
import { createSessionProjection, NOTHING_FOLDED, projectSessions } from './projection.ts';

const [a, b] = [sessionId(1), sessionId(2)];
const history: readonly SessionEvent[] = [
  created(a),
  created(b),
  happened('SessionActivated', a),
  { type: 'SessionRenamed', data: { sessionId: b, name: 'Play', previousName: 'Work' } },
];

const timedOut = () => new LogError('LogTimeout', 'The log did not answer.');

/** An event as the log keeps it. */
function record(event: RecordedEvent): EventRecord {
  return { ...event, data: { ...event.data } };
}

function chunk(from: number, to: number): readonly EventRecord[] {
  return history.slice(from - 1, to).map((event, place) => record(recorded(event, from + place)));
}

function patched(table: SessionTable, { patches }: ProjectionStep): SessionTable {
  return applyPatches(
    table,
    patches.map((patch) => ({ ...patch, path: [...patch.path] })),
  );
}

describe('projectSessions', () => {
  it('makes one step of each chunk, from the position before it to its last', () => {
    new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(
      ({ cold, expectObservable }) => {
        const steps$ = cold('a-b--(c|)', { a: chunk(1, 1), b: chunk(2, 3), c: chunk(4, 4) }).pipe(
          projectSessions(NOTHING_FOLDED),
        );
        const spans$ = steps$.pipe(map(({ from, to }) => [from, to]));
        expectObservable(spans$).toBe('a-b--(c|)', { a: [0, 1], b: [1, 3], c: [3, 4] });
      },
    );
  });

  it('passes the end and the failure of the log on', () => {
    new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(
      ({ cold, expectObservable }) => {
        expectObservable(cold<readonly EventRecord[]>('--|').pipe(projectSessions(NOTHING_FOLDED))).toBe(
          '--|',
        );
        expectObservable(cold<readonly EventRecord[]>('--#').pipe(projectSessions(NOTHING_FOLDED))).toBe(
          '--#',
        );
      },
    );
  });

  it('folds what evolve folds, and its patches lead from table to table', () => {
    new TestScheduler(() => undefined).run(({ cold, flush }) => {
      const steps: ProjectionStep[] = [];
      cold('ab', { a: chunk(1, 2), b: chunk(3, 4) })
        .pipe(projectSessions(NOTHING_FOLDED))
        .subscribe((step) => steps.push(step));
      flush();
      expect(steps.at(-1)?.folded.table).toEqual(tableOf(...history));
      expect(steps.reduce(patched, EMPTY_TABLE)).toEqual(tableOf(...history));
    });
  });

  it('keeps the objects of rows that nothing happened to', () => {
    new TestScheduler(() => undefined).run(({ cold, flush }) => {
      const steps: ProjectionStep[] = [];
      cold('ab', { a: chunk(1, 3), b: chunk(4, 4) })
        .pipe(projectSessions(NOTHING_FOLDED))
        .subscribe((step) => steps.push(step));
      flush();
      const [before, after] = steps.map((step) => step.folded.table.sessions);
      expect(after?.[a]).toBe(before?.[a]);
      expect(after?.[b]).not.toBe(before?.[b]);
    });
  });

  it.each([
    ['a type of a later version', { type: 'SessionMoved' }],
    ['a later schema version', { schemaVersion: 2 }],
    ['data that does not fit its type', { data: { sessionId: 'nobody' } }],
    ['an unknown actor', { actor: 'ghost' }],
  ])('counts %s, and goes on', (_, strange) => {
    new TestScheduler(() => undefined).run(({ cold, flush }) => {
      const steps: ProjectionStep[] = [];
      cold('ab', {
        a: [...chunk(1, 2), { ...record(recorded(happened('SessionActivated', a), 3)), ...strange }],
        b: chunk(4, 4),
      })
        .pipe(projectSessions(NOTHING_FOLDED))
        .subscribe((step) => steps.push(step));
      flush();
      expect(steps[0]?.folded).toMatchObject({ unread: 1, table: { position: 3, activeSessionId: null } });
      // The stream goes on from the version of what could not be read.
      expect(steps[0]?.folded.versions[a]).toBe(3);
      expect(steps[1]?.folded.table).toMatchObject({ position: 4, sessions: { [b]: { name: 'Play' } } });
    });
  });
});

describe('createSessionProjection', () => {
  it('gives late listeners what comes from then on, and is current for all of them', async () => {
    const { log, manager } = await run(memoryLog());
    const projection = createSessionProjection(log, NOTHING_FOLDED);
    const { id } = await manager.createSession({ provider: 'custom', name: 'Work' });
    await projection.reached(manager.table.position);
    const seen: number[] = [];
    projection.steps$.subscribe(({ to }) => {
      expect(projection.current().table.position).toBe(to);
      seen.push(to);
    });
    const { position } = manager.table;
    await manager.renameSession(id, 'Play');
    await projection.reached(manager.table.position);
    expect(seen[0]).toBe(position + 1);
    expect(projection.current().table).toEqual(manager.table);
    projection.stop();
  });

  it('refuses to wait for what a closed log will never say', async () => {
    const log = memoryLog();
    const projection = createSessionProjection(log, NOTHING_FOLDED);
    await log.close();
    await expect(projection.reached(1)).rejects.toMatchObject({ code: 'LogClosed' });
  });

  it('goes on from where it stands when the log fails to answer', async () => {
    const { log, manager } = await run(memoryLog());
    const followed: number[] = [];
    const failing: Pick<EventLog, 'follow'> = {
      follow: (after) => {
        followed.push(after);
        return followed.length === 1
          ? concat(log.follow(after).pipe(take(1)), throwError(timedOut))
          : log.follow(after);
      },
    };
    const projection = createSessionProjection(failing, NOTHING_FOLDED);
    const steps: ProjectionStep[] = [];
    projection.steps$.subscribe((step) => steps.push(step));
    const { id } = await manager.createSession({ provider: 'custom', name: 'Work' });
    await manager.renameSession(id, 'Play');
    await projection.reached(manager.table.position);
    expect(followed).toEqual([0, 1]);
    expect(projection.current().table).toEqual(manager.table);
    expect(steps.reduce(patched, EMPTY_TABLE)).toEqual(manager.table);
    projection.stop();
  });

  it('gives up when it fails again and again, and tells everyone who waits', async () => {
    const projection = createSessionProjection({ follow: () => throwError(timedOut) }, NOTHING_FOLDED);
    await expect(projection.reached(1)).rejects.toMatchObject({ code: 'LogTimeout' });
    await expect(projection.reached(1)).rejects.toMatchObject({ code: 'LogTimeout' });
  });
});
