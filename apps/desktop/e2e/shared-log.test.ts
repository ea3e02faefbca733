import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SessionRow } from '@retrace/protocol';
import { TestServer } from '../../../packages/event-log/src/postgres/testing/test-server.ts';
import { eventually } from './app/eventually.ts';
import { newUserData, removeUserData, Retrace } from './app/retrace.ts';
import { startSite } from './site/site.ts';
import type { Site } from './site/site.ts';

describe('two desktops on one server', () => {
  let server: TestServer;
  let site: Site;
  const folders: string[] = [];
  let here: Retrace;
  let there: Retrace;
  let session: SessionRow;

  async function launch(): Promise<Retrace> {
    const userData = await newUserData();
    folders.push(userData);
    return await Retrace.launch({ userData, log: server.connectionString });
  }

  beforeAll(async () => {
    [server, site] = await Promise.all([TestServer.start(), startSite()]);
    here = await launch();
    there = await launch();
  });
  afterAll(async () => {
    await here.quit();
    await there.quit();
    await Promise.all([server.dispose(), site.close()]);
    await Promise.all(folders.map(removeUserData));
  });

  const shownOn = async (desktop: Retrace) => (await desktop.api.sessions('getActive')).sessionId;

  /** How many pages a desktop has of the session. */
  const pagesOf = (desktop: Retrace) =>
    desktop.electron.evaluate(
      ({ webContents, session: sessions }, partition) =>
        webContents.getAllWebContents().filter((one) => one.session === sessions.fromPartition(partition))
          .length,
      session.partition,
    );

  it('see each other’s sessions, and say where they are open', async () => {
    const url = `${site.origin}/page/1`;
    ({ session } = await here.api.sessions('create', { provider: 'custom', name: 'Ours', url }));
    await here.api.sessions('activate', session.id);
    await here.page(session).arrived(url);

    const row = await there.api.rowNamed('Ours');

    expect(row.metadata.desktop).toEqual((await here.api.row(session.id)).metadata.desktop);
    await there.ui
      .tab('Ours')
      .getByText(/^\. Open on /)
      .waitFor({ state: 'attached' });
    expect(await shownOn(there)).toBeNull();
    expect(await pagesOf(there)).toBe(0);
  });

  it('do not open what the other has open', async () => {
    expect(await there.api.ask('activate', session.id)).toMatchObject({
      success: false,
      error: { code: 'OpenElsewhere', message: expect.stringContaining('Take it over') },
    });
    expect(await pagesOf(there)).toBe(0);
    expect(await shownOn(here)).toBe(session.id);
  });

  it('each show a session of their own, and rename the other’s', async () => {
    const { session: own } = await there.api.sessions('create', { provider: 'custom', name: 'Mine' });
    await there.api.sessions('activate', own.id);
    await there.api.sessions('rename', session.id, 'Renamed over there');
    await here.api.rowNamed('Renamed over there');
    expect(await shownOn(here)).toBe(session.id);
    expect(await shownOn(there)).toBe(own.id);
  });

  it('and a person takes a session over, which then closes where it was', async () => {
    await there.ui.tab('Renamed over there').click();
    await there.ui.button('Take over').click();
    await there.page(session).arrived(`${site.origin}/page/1`);
    expect(await shownOn(there)).toBe(session.id);
    await eventually(async () => {
      expect(await pagesOf(here)).toBe(0);
      expect(await shownOn(here)).toBeNull();
    });
  });

  it('and each comes back to its own after a restart of the server and of itself', async () => {
    await server.halt();
    await server.launch();
    const { session: last } = await here.api.sessions('create', { provider: 'custom', name: 'After' });
    await here.api.sessions('activate', last.id);
    await there.api.rowNamed('After');
    const [userData = ''] = folders;
    await here.quit();
    here = await Retrace.launch({ userData, log: server.connectionString });
    expect(await shownOn(here)).toBe(last.id);
    expect(await shownOn(there)).toBe(session.id);
    expect((await here.api.row(session.id)).metadata.desktop).toEqual(
      (await there.api.row(session.id)).metadata.desktop,
    );
  });
});
