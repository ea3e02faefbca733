import { describe, expect, it } from '@jest/globals';
import type { Append, EventLog, LogErrorCode } from '@retrace/event-log';
import { LogError } from '@retrace/event-log';
import { delay } from 'rxjs';
import { memoryLog, recordsOf, run, storyOf } from '../test/engine-run.ts';

/** A log whose next appends fail, before or after they are done. */
function failingLog(log: EventLog = memoryLog()) {
  const failures: { code: LogErrorCode; done: boolean }[] = [];
  const asked: Append[] = [];
  const failing: EventLog = {
    durability: log.durability,
    access: log.access,
    committed$: log.committed$,
    rows: log.rows,
    snapshots: log.snapshots,
    chain: log.chain,
    read: (options) => log.read(options),
    head: () => log.head(),
    follow: (after) => log.follow(after),
    redact: (redaction) => log.redact(redaction),
    close: () => log.close(),
    append: async (append) => {
      asked.push(append);
      const failure = failures.shift();
      if (failure === undefined || failure.done) {
        const receipt = await log.append(append);
        if (failure === undefined) return receipt;
      }
      throw new LogError(failure.code, 'The disk is full.');
    },
  };
  return { log: failing, failures, asked };
}

const work = { provider: 'custom', name: 'Work' } as const;

describe('a command', () => {
  it('is decided on what all commands before it came to', async () => {
    const { manager } = await run();
    const { id } = await manager.createSession(work);
    const answers = await Promise.allSettled([
      manager.deleteSession(id),
      manager.deleteSession(id),
      manager.restoreSession(id),
      manager.restoreSession(id),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
  });

  it('is in the table when it is answered, however late the log tells of it', async () => {
    const { log } = failingLog();
    const { manager } = await run({ ...log, follow: (after) => log.follow(after).pipe(delay(5)) });
    const { id } = await manager.createSession(work);
    await manager.renameSession(id, 'Play');
    expect(manager.table.sessions[id]?.name).toBe('Play');
  });

  it('that is refused appends nothing', async () => {
    const { manager, log } = await run();
    await expect(manager.createSession({ ...work, url: 'javascript:alert(1)' })).rejects.toMatchObject({
      name: 'RetraceError',
      code: 'AddressRefused',
    });
    expect(await recordsOf(log)).toEqual([]);
  });

  it('is decided anew when another writer was faster', async () => {
    const log = memoryLog();
    const [here, there] = [await run(log), await run(log)];
    const { id } = await here.manager.createSession(work);
    await there.manager.settled();
    await Promise.all([
      here.manager.renameSession(id, 'Here'),
      there.manager.renameSession(id, 'There'),
      here.manager.renameSession(id, 'Here again'),
      there.manager.renameSession(id, 'There again'),
    ]);
    expect((await storyOf(log)).filter((line) => line === 'user SessionRenamed')).toHaveLength(4);
    await Promise.all([here.manager.settled(), there.manager.settled()]);
    expect(here.manager.table).toEqual(there.manager.table);
  });

  it('ends as Conflict when that never stops', async () => {
    const { log, failures, asked } = failingLog();
    const { manager } = await run(log);
    failures.push(...Array.from({ length: 5 }, () => ({ code: 'ExpectationFailed', done: false }) as const));
    await expect(manager.createSession(work)).rejects.toMatchObject({ code: 'Conflict' });
    expect(asked).toHaveLength(5);
    await expect(manager.createSession(work)).resolves.toMatchObject({ name: 'Work' });
  });

  it('is asked for again under its own id when the log did not answer, and happens once', async () => {
    const { log, failures, asked } = failingLog();
    const { manager } = await run(log);
    failures.push({ code: 'LogTimeout', done: true }, { code: 'LogTimeout', done: false });
    await manager.createSession(work);
    const creations = asked.filter(({ writes }) => writes[0]?.events[0]?.type === 'SessionCreated');
    expect(creations).toHaveLength(3);
    expect(new Set(creations.map((append) => append.commandId)).size).toBe(1);
    expect(manager.listSessions()).toHaveLength(1);
  });

  it.each<[LogErrorCode, string]>([
    ['LogNotWritable', 'LogUnavailable'],
    ['LogClosed', 'LogUnavailable'],
    ['IdempotencyConflict', 'IdempotencyConflict'],
    ['InvalidAppend', 'Internal'],
  ])('that the log refuses with %s is refused with %s, and the next one goes on', async (code, expected) => {
    const { log, failures } = failingLog();
    const { manager } = await run(log);
    failures.push({ code, done: false });
    await expect(manager.createSession(work)).rejects.toMatchObject({ code: expected });
    expect(manager.listSessions()).toEqual([]);
    await expect(manager.createSession(work)).resolves.toMatchObject({ name: 'Work' });
  });

  it('is refused once the engine is closed; those asked for before are finished', async () => {
    const { manager, log } = await run();
    const before = manager.createSession(work);
    const closed = manager.destroy();
    await expect(manager.createSession(work)).rejects.toMatchObject({ code: 'ShuttingDown' });
    await expect(before).resolves.toMatchObject({ name: 'Work' });
    await closed;
    expect(await storyOf(log)).toContain('user SessionCreated');
  });
});
