import { describe, expect, it } from '@jest/globals';
import type { ViewStatuses } from '@retrace/protocol';
import { recordsOf, run, storyOf } from '../test/engine-run.ts';
import { FakeViewHost } from './testing/index.ts';

const [one, two, three] = ['https://one.example/', 'https://two.example/', 'https://three.example/'];

async function withSession(host = new FakeViewHost()) {
  const engine = await run(undefined, { host });
  const { id } = await engine.manager.createSession({ provider: 'custom', name: 'Work', url: one });
  await engine.manager.activateSession(id);
  await engine.manager.settled();
  return { ...engine, host, id };
}

async function navigationsOf(log: Parameters<typeof recordsOf>[0]) {
  return (await recordsOf(log)).filter((record) => record.type === 'SessionNavigated');
}

describe('the views that exist', () => {
  it('are at the start of a run the one shown, and no other', async () => {
    const { log, manager, id } = await withSession();
    await manager.createSession({ provider: 'custom', name: 'Play' });
    await manager.destroy();
    const { host } = await run(log);
    expect(host.calls).toEqual([`open ${id}`, `show ${id}`]);
  });

  it('are none at the start when the one shown was deleted', async () => {
    const { log, manager, id } = await withSession();
    await manager.deleteSession(id);
    await manager.destroy();
    expect((await run(log)).host.calls).toEqual([]);
  });

  it('come with creation, hidden, and are shown by activation', async () => {
    const { manager, host } = await run();
    const { id } = await manager.createSession({ provider: 'custom', name: 'Work', url: one });
    expect(host.live).toEqual([id]);
    expect(host.shown).toBeNull();
    await manager.activateSession(id);
    expect(host.shown).toBe(id);
  });

  it('go with deletion, in favour of the successor, and come back with restoration', async () => {
    const { manager, host, id } = await withSession();
    const { id: other } = await manager.createSession({ provider: 'custom', name: 'Play' });
    await manager.deleteSession(id);
    expect(host.live).toEqual([other]);
    expect(host.shown).toBe(other);
    await manager.restoreSession(id);
    expect(host.live).toEqual([other, id]);
    expect(host.shown).toBe(id);
  });

  it('are no more than the cap: the least recently used session goes to sleep', async () => {
    const { log, manager, host } = await run(undefined, { maxLiveViews: 2 });
    const ids = [];
    for (const name of ['A', 'B', 'C']) {
      const { id } = await manager.createSession({ provider: 'custom', name });
      await manager.activateSession(id);
      ids.push(id);
    }
    await manager.settled();
    const [a, b, c] = ids;
    expect(host.live).toEqual([b, c]);
    expect(manager.listSessions(false).map((row) => row.id)).toEqual([b, c]);
    expect(await storyOf(log)).toContain('system SessionSlept');
    if (a !== undefined) await manager.activateSession(a);
    await manager.settled();
    expect(host.live).toEqual([c, a]);
  });

  it('leave nothing behind after 100 cycles of create, activate, delete', async () => {
    const { manager, host } = await run();
    for (let cycle = 0; cycle < 100; cycle += 1) {
      const { id } = await manager.createSession({ provider: 'custom', name: 'Work' });
      await manager.activateSession(id);
      await manager.deleteSession(id);
    }
    await manager.settled();
    expect(host.live).toEqual([]);
    expect(manager.views).toEqual({});
  });

  it('say what they are doing', async () => {
    const { manager, host, id } = await withSession();
    const seen: ViewStatuses[] = [];
    manager.views$.subscribe((views) => seen.push(views));
    host.report({ kind: 'loading', sessionId: id, loading: true, error: null });
    host.report({ kind: 'loading', sessionId: id, loading: false, error: 'The site cannot be found.' });
    await manager.deleteSession(id);
    expect(seen).toEqual([
      { [id]: { loading: false, error: null } },
      { [id]: { loading: true, error: null } },
      { [id]: { loading: false, error: 'The site cannot be found.' } },
      {},
    ]);
  });

  it('that could not be opened are said and tried again when asked for', async () => {
    class FailingOnce extends FakeViewHost {
      #failed = false;
      override open(...args: Parameters<FakeViewHost['open']>): Promise<void> {
        if (this.#failed) return super.open(...args);
        this.#failed = true;
        return Promise.reject(new Error('no process'));
      }
    }
    const host = new FailingOnce();
    const { manager, notices } = await run(undefined, { host });
    const { id } = await manager.createSession({ provider: 'custom', name: 'Work' });
    await manager.settled();
    expect(host.live).toEqual([]);
    expect(notices).toEqual(['The page of “Work” did not do what was asked: no process']);
    await manager.activateSession(id);
    expect(host.live).toEqual([id]);
    expect(host.shown).toBe(id);
  });

  it('load again what is asked for where it is shown already, without an event', async () => {
    const { log, manager, host, id } = await withSession();
    const { length } = await recordsOf(log);
    await manager.navigateSession(id, one);
    manager.reloadSession(id);
    manager.stopSession(id);
    await manager.settled();
    expect(host.calls.slice(-3)).toEqual([`reload ${id}`, `reload ${id}`, `stop ${id}`]);
    expect(await recordsOf(log)).toHaveLength(length);
  });
});

describe('a navigation', () => {
  it('by a person drives the view; the view’s report adds nothing', async () => {
    const { log, manager, host, id } = await withSession();
    await manager.navigateSession(id, two);
    await manager.goBack(id);
    await manager.goForward(id);
    await manager.settled();
    expect(host.calls.filter((call) => call.startsWith('drive'))).toEqual([
      `drive ${id} ${two}`,
      `drive ${id} ${one}`,
      `drive ${id} ${two}`,
    ]);
    const story = await storyOf(log);
    expect(story.filter((line) => line.includes('SessionNavigated'))).toEqual([
      'user SessionNavigated typed',
      'user SessionNavigated back',
      'user SessionNavigated forward',
    ]);
  });

  it('wakes a session that sleeps, and opens it there', async () => {
    const { log, manager, id } = await withSession();
    await manager.destroy();
    const later = await run(log);
    const { id: other } = await later.manager.createSession({ provider: 'custom', name: 'Play' });
    await later.manager.activateSession(other);
    await later.manager.navigateSession(id, two);
    await later.manager.settled();
    expect(later.host.listOf(id)?.entries.map((entry) => entry.url)).toEqual([one, two]);
  });

  it('redirected is one event more, of the page, in the person’s action', async () => {
    const { log, manager, host, id } = await withSession();
    host.redirect(two, three);
    await manager.navigateSession(id, two);
    await manager.settled();
    const [typed, redirect, ...rest] = await navigationsOf(log);
    expect(typed).toMatchObject({ actor: 'user', data: { cause: 'typed', url: two } });
    expect(redirect).toMatchObject({
      actor: 'page',
      correlationId: typed?.correlationId,
      causationId: typed?.eventId,
      data: { cause: 'redirect', url: three, keep: 1, index: 1 },
    });
    expect(rest).toEqual([]);
    expect(manager.table.sessions[id]?.metadata.navigation).toMatchObject(host.listOf(id) ?? {});
  });

  it('redirected from the home page belongs to the creation', async () => {
    const { log, manager, host } = await run();
    host.redirect(one, two);
    await manager.createSession({ provider: 'custom', name: 'Work', url: one });
    await manager.settled();
    const [creation] = await recordsOf(log);
    expect(await navigationsOf(log)).toMatchObject([
      { correlationId: creation?.correlationId, causationId: creation?.eventId, data: { cause: 'redirect' } },
    ]);
  });

  it('redirected by the page that it came to belongs to the person’s action too', async () => {
    const { log, manager, host, id } = await withSession();
    await manager.navigateSession(id, two);
    await manager.settled();
    host.replace(id, three);
    await manager.settled();
    const [typed, redirect] = await navigationsOf(log);
    expect(redirect).toMatchObject({
      actor: 'page',
      correlationId: typed?.correlationId,
      causationId: typed?.eventId,
      data: { cause: 'redirect', url: three, keep: 1, index: 1 },
    });
  });

  it('that comes to nothing is taken back as abandoned', async () => {
    const { log, manager, host, id } = await withSession();
    host.unreachable(two);
    await manager.navigateSession(id, two);
    await manager.settled();
    const [typed, abandoned] = await navigationsOf(log);
    expect(abandoned).toMatchObject({
      actor: 'page',
      correlationId: typed?.correlationId,
      data: { cause: 'abandoned', url: one, index: 0 },
    });
    expect(manager.table.sessions[id]?.metadata.lastUrl).toBe(one);
  });

  it('by the page is recorded with its cause, each as an action of its own, and drives nothing', async () => {
    const { log, manager, host, id } = await withSession();
    host.click(id, two);
    host.pushState(id, `${two}#there`);
    host.traverse(id, -1);
    host.traverse(id, 1);
    await manager.settled();
    const records = await navigationsOf(log);
    expect(records.map((record) => [record.actor, record.data['cause'], record.data['url']])).toEqual([
      ['page', 'link', two],
      ['page', 'in-page', `${two}#there`],
      ['page', 'back', two],
      ['page', 'forward', `${two}#there`],
    ]);
    expect(new Set(records.map((record) => record.correlationId)).size).toBe(4);
    expect(records.map((record) => record.causationId)).toEqual([null, null, null, null]);
    expect(host.calls.some((call) => call.startsWith('drive'))).toBe(false);
  });

  it('chosen twice in haste ends at the second, and nothing in between is taken for news', async () => {
    const { log, manager, host, id } = await withSession();
    await Promise.all([manager.navigateSession(id, two), manager.navigateSession(id, three)]);
    await manager.settled();
    expect((await storyOf(log)).filter((line) => line.includes('Navigated'))).toEqual([
      'user SessionNavigated typed',
      'user SessionNavigated typed',
    ]);
    expect(host.listOf(id)?.entries.map((entry) => entry.url)).toEqual([one, two, three]);
  });

  it('chosen while the view is slow: reports of the way there are no news, nor what the old page says', async () => {
    /** Carries nothing out before it is told to. */
    class SlowHost extends FakeViewHost {
      go: () => void = () => undefined;
      readonly #gone = new Promise<void>((resolve) => (this.go = resolve));
      readonly driven: Promise<void>[] = [];
      override drive(...args: Parameters<FakeViewHost['drive']>): Promise<void> {
        const driven = this.#gone.then(() => super.drive(...args));
        this.driven.push(driven);
        return driven;
      }
    }
    const host = new SlowHost();
    const { log, manager, id } = await withSession(host);
    const { length } = await recordsOf(log);
    await manager.navigateSession(id, two);
    await manager.navigateSession(id, three);
    host.pushState(id, `${one}#leaving`);
    await manager.settled();
    host.go();
    await Promise.all(host.driven);
    await manager.settled();
    const since = (await recordsOf(log)).slice(length);
    expect(since.map(({ type, actor }) => `${actor} ${type}`)).toEqual([
      'user SessionNavigated',
      'user SessionNavigated',
      'page SessionPageDescribed',
    ]);
    expect(host.listOf(id)?.entries.map((entry) => entry.url)).toEqual([one, two, three]);
  });

  it('of a page that is being left does not undo what a person chose meanwhile', async () => {
    const { log, manager, host, id } = await withSession();
    const chosen = manager.navigateSession(id, two);
    // Reported before the view was driven, decided on after: the drive's own report is the one that counts.
    host.pushState(id, `${one}#typing`);
    await chosen;
    await manager.settled();
    expect(manager.table.sessions[id]?.metadata.lastUrl).toBe(two);
    expect(host.listOf(id)?.entries.at(-1)?.url).toBe(two);
    expect((await storyOf(log)).filter((line) => line.includes('abandoned'))).toEqual([]);
  });
});

describe('starting again', () => {
  it('adds no event, however often', async () => {
    const { log, manager, host, id } = await withSession();
    host.click(id, two);
    host.describe(id, two, 'data:image/png;base64,AA==');
    await manager.settled();
    await manager.destroy();
    const { length } = await recordsOf(log);
    for (let start = 0; start < 3; start += 1) {
      // The page loads again and tells its title, and at first no icon.
      const later = await run(log);
      await later.manager.settled();
      await later.manager.destroy();
      expect(later.host.calls).toEqual([`open ${id}`, `show ${id}`, 'destroy']);
    }
    expect(await recordsOf(log)).toHaveLength(length);
  });
});

describe('a crash of a page', () => {
  it('marks its session until the page lives again', async () => {
    const { manager, host, id } = await withSession();
    host.crash(id);
    await manager.settled();
    expect(manager.table.sessions[id]?.metadata.crash).toMatchObject({ reason: 'crashed' });
    manager.reloadSession(id);
    await manager.settled();
    expect(manager.table.sessions[id]?.metadata.crash).toBeNull();
  });
});
