import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from './app/eventually.ts';
import { Stage } from './app/stage.ts';

const CYCLES = 100;

describe('the views of deleted sessions', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open();
  });
  afterAll(() => stage.close());

  const webContents = () =>
    stage.retrace.electron.evaluate(({ webContents: all }) => all.getAllWebContents().length);
  const processes = async () => (await stage.retrace.processes()).length;

  async function cycle(): Promise<void> {
    const { api } = stage.retrace;
    const { session } = await api.sessions('create', { provider: 'custom', name: 'Passing by' });
    await api.sessions('activate', session.id);
    // Its process and its page are there: else there would be nothing to leave behind.
    await stage.retrace.page(session).arrived('about:blank');
    await api.sessions('delete', session.id);
  }

  it(`${CYCLES} times created, activated and deleted, leave as many web contents and processes as there were`, async () => {
    await stage.openSession('Stays', '/page/1');
    const before = { webContents: await webContents(), processes: await processes() };

    for (let round = 0; round < CYCLES; round += 1) await cycle();

    await eventually(async () => {
      expect(await webContents()).toBe(before.webContents);
      expect(await processes()).toBeLessThanOrEqual(before.processes);
    });
  }, 180_000);

  it('and the one that stayed still answers', async () => {
    const { sessions } = await stage.retrace.api.sessions('list', true);
    expect(sessions).toHaveLength(1);
    const stays = await stage.retrace.api.rowNamed('Stays');
    await stage.retrace.api.sessions('activate', stays.id);
    await stage.retrace.page(stays).click('a[href="/page/2"]');
    await stage.retrace.page(stays).arrived(`${stage.site.origin}/page/2`);
  });
});
