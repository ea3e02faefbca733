import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SessionRow } from '@retrace/protocol';
import { eventually } from './app/eventually.ts';
import { Stage } from './app/stage.ts';

const SCROLLED_TO = 1500;
const THREE_WEEKS_MS = 21 * 24 * 60 * 60 * 1000;

/** Signs in, reads on to page 5, goes back to page 4 and scrolls: a session with something to lose. */
async function readUpToPageFour(stage: Stage, name: string, account: string): Promise<SessionRow> {
  const session = await stage.openSignedIn(name, account);
  const page = stage.retrace.page(session);
  for (const path of ['/page/3', '/page/4', '/page/5']) {
    await page.click(`a[href="${path}"]`);
    await page.arrived(stage.site.origin + path);
  }
  await stage.retrace.ui.button('Back').click();
  await page.arrived(`${stage.site.origin}/page/4`);
  await page.scrollTo(SCROLLED_TO);
  return session;
}

/** The back/forward list that the session's view really has. */
function listInView(stage: Stage, { partition }: SessionRow): Promise<{ urls: string[]; index: number }> {
  return stage.retrace.electron.evaluate(({ webContents, session }, name) => {
    const store = session.fromPartition(name);
    const history = webContents.getAllWebContents().find((one) => one.session === store)?.navigationHistory;
    return {
      urls: history?.getAllEntries().map(({ url }) => url) ?? [],
      index: history?.getActiveIndex() ?? -1,
    };
  }, partition);
}

/** What a page keeps is written down while its view closes; a kill before that may cost the last second of scrolling. */
async function viewClosed(stage: Stage): Promise<void> {
  await eventually(async () => {
    const count = await stage.retrace.electron.evaluate(
      ({ webContents }) => webContents.getAllWebContents().length,
    );
    if (count > 1) throw new Error('The view of the deleted session is still there.');
  });
}

describe.each(['quit', 'kill'] as const)('a session that was deleted, three weeks after a %s', (end) => {
  let stage: Stage;
  let session: SessionRow;
  let expected: { urls: string[]; index: number };
  let tabsBefore: number;
  let mark: number;

  beforeAll(async () => {
    stage = await Stage.open();
    session = await readUpToPageFour(stage, 'Work', 'Ada');
    expected = await listInView(stage, session);
    await stage.retrace.ui.deleteSession('Work');
    await viewClosed(stage);
    await stage.restart({ after: end, clockOffset: 'P21D' });
    tabsBefore = await stage.retrace.ui.tab('Work').count();

    mark = stage.site.requests.mark;
    await stage.retrace.ui.undo();
    await stage.retrace.ui.tab('Work').waitFor();
    await stage.retrace.page(session).arrived(`${stage.site.origin}/page/4`);
  });
  afterAll(() => stage.close());

  it('is in no list until Undo is pressed', () => {
    expect(tabsBefore).toBe(0);
  });

  it('is asked for by the same person, in the eyes of the server', async () => {
    expect(await stage.site.requests.arrival('/page/4', mark)).toMatchObject({ account: 'Ada' });
    expect(await stage.retrace.page(session).account()).toBe('Ada');
  });

  it('loads its page and no other', () => {
    const documents = stage.site.requests.since(mark).filter(({ path }) => !path.startsWith('/public/'));
    expect(documents.map(({ path }) => path)).toEqual(['/page/4']);
  });

  it('has its login cookie as it was: for this run of the browser only', async () => {
    const cookies = await stage.retrace.electron.evaluate(
      ({ session: sessions }, name) => sessions.fromPartition(name).cookies.get({ name: 'login' }),
      session.partition,
    );
    expect(cookies).toHaveLength(1);
    expect(cookies[0]).toMatchObject({ session: true, httpOnly: true });
  });

  it('is scrolled to where it was', async () => {
    await eventually(async () => {
      expect(await stage.retrace.page(session).scrollTop()).toBe(SCROLLED_TO);
    });
  });

  it('has its back/forward list, and both ways of it lead on', async () => {
    expect(expected.urls.map((url) => url.slice(stage.site.origin.length))).toEqual(
      expect.arrayContaining(['/me', '/page/3', '/page/4', '/page/5']),
    );
    expect(await listInView(stage, session)).toEqual(expected);

    const page = stage.retrace.page(session);
    await stage.retrace.ui.button('Forward').click();
    await page.arrived(`${stage.site.origin}/page/5`);
    await stage.retrace.ui.button('Back').click();
    await page.arrived(`${stage.site.origin}/page/4`);
    await stage.retrace.ui.button('Back').click();
    await page.arrived(`${stage.site.origin}/page/3`);
    expect(await page.account()).toBe('Ada');
  });

  it('keeps its id and its partition', async () => {
    expect(await stage.retrace.api.row(session.id)).toMatchObject({
      id: session.id,
      partition: session.partition,
      name: 'Work',
    });
  });

  it('shows three weeks between its deletion and its return in the timeline', async () => {
    const events = await stage.retrace.api.events();
    const at = (type: string) => Date.parse(events.find((event) => event.type === type)?.recordedAt ?? '');
    expect(at('SessionRestored') - at('SessionDeleted')).toBeGreaterThanOrEqual(THREE_WEEKS_MS);
  });
});

describe('a session that was open when the application was killed', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open();
  });
  afterAll(() => stage.close());

  it('is signed in and on its page after the next start', async () => {
    const session = await readUpToPageFour(stage, 'Open', 'Grace');
    const mark = stage.site.requests.mark;
    await stage.restart({ after: 'kill' });

    await stage.retrace.ui.tab('Open').click();
    const page = stage.retrace.page(session);
    await page.arrived(`${stage.site.origin}/page/4`);
    expect(await stage.site.requests.arrival('/page/4', mark)).toMatchObject({ account: 'Grace' });
    expect(await page.account()).toBe('Grace');
  });

  it('comes back to a step within a page, with the steps around it', async () => {
    const session = await stage.openSession('Steps', '/in-page');
    const step = (query: string) =>
      stage.retrace.page(session).arrived(`${stage.site.origin}/in-page${query}`);
    await stage.retrace.page(session).click('#push');
    await step('?place=1');
    await stage.retrace.page(session).click('a[href="#below"]');
    await step('?place=1#below');
    await stage.retrace.ui.button('Back').click();
    await step('?place=1');
    await eventually(async () => {
      const { metadata } = await stage.retrace.api.row(session.id);
      expect(metadata.navigation).toMatchObject({ index: 1, entries: { length: 3 } });
    });
    const before = await listInView(stage, session);

    const mark = stage.site.requests.mark;
    await stage.restart({ after: 'kill' });
    expect(await stage.site.requests.arrival('/in-page?place=1', mark)).toMatchObject({ method: 'GET' });
    await step('?place=1');
    expect(await listInView(stage, session)).toEqual(before);
  });

  it('and the other way round: one that nobody signed in to is nobody', async () => {
    const session = await stage.openSession('Stranger', '/me');
    expect(await stage.retrace.page(session).account()).toBeNull();
  });
});
