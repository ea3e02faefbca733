import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SessionRow } from '@retrace/protocol';
import { Stage } from './app/stage.ts';

/** Defined by the site's storage page. */
declare global {
  interface Window {
    readonly writeMark: (mark: string) => Promise<void>;
    readonly readMarks: () => Promise<Marks>;
  }
}

type Store = 'cookie' | 'localStorage' | 'indexedDB' | 'cacheStorage' | 'serviceWorker' | 'httpAuth';
type Marks = Readonly<Record<Store, string | null>>;

const everyStore = (mark: string | null): Marks => ({
  cookie: mark,
  localStorage: mark,
  indexedDB: mark,
  cacheStorage: mark,
  serviceWorker: mark,
  httpAuth: mark,
});

describe('two sessions of one provider at one origin', () => {
  let stage: Stage;
  let first: SessionRow;
  let second: SessionRow;

  const marksIn = (session: SessionRow) => stage.retrace.page(session).run(() => window.readMarks());
  const leaveMark = (session: SessionRow, mark: string) =>
    stage.retrace.page(session).run((text) => window.writeMark(text), mark);

  beforeAll(async () => {
    stage = await Stage.open();
    first = await stage.openSession('First', '/storage');
    second = await stage.openSession('Second', '/storage');
  });
  afterAll(() => stage.close());

  it('have partitions of their own', () => {
    expect(first.partition).toBe(`persist:custom-${first.id}`);
    expect(second.partition).toBe(`persist:custom-${second.id}`);
  });

  it('see nothing of what the other one stored', async () => {
    await leaveMark(first, 'first');
    expect(await marksIn(first)).toEqual(everyStore('first'));
    expect(await marksIn(second)).toEqual(everyStore(null));
  });

  it('store in the same places without meeting', async () => {
    await leaveMark(second, 'second');
    expect(await marksIn(second)).toEqual(everyStore('second'));
    expect(await marksIn(first)).toEqual(everyStore('first'));
  });

  it('are two people to the server', async () => {
    const ada = await stage.openSignedIn('Ada', 'Ada');
    const grace = await stage.openSignedIn('Grace', 'Grace');
    const whoIs = (session: SessionRow) =>
      stage.retrace.page(session).run(async () => (await (await fetch('/me.json')).json()) as unknown);
    expect(await whoIs(ada)).toEqual({ account: 'Ada' });
    expect(await whoIs(grace)).toEqual({ account: 'Grace' });
    expect(await whoIs(first)).toEqual({ account: null });
  });

  it('find their own again after deletion and return', async () => {
    const mark = stage.site.requests.mark;
    await stage.retrace.api.sessions('delete', first.id);
    await stage.retrace.api.sessions('restore', first.id);
    await stage.site.requests.arrival('/storage', mark);
    await stage.retrace.page(first).arrived(`${stage.site.origin}/storage`);
    const { httpAuth, ...kept } = await marksIn(first);
    expect(everyStore('first')).toMatchObject(kept);
    // A browser holds HTTP logins in memory only: they may be gone, but are never another's.
    expect(['first', null]).toContain(httpAuth);
    expect(await marksIn(second)).toEqual(everyStore('second'));
  });
});
