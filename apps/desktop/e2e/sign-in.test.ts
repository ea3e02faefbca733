import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SessionRow } from '@retrace/protocol';
import { eventually } from './app/eventually.ts';
import type { SessionPage } from './app/session-page.ts';
import { Stage } from './app/stage.ts';

describe('signing in with an identity provider', () => {
  let stage: Stage;
  let bystander: SessionRow;

  beforeAll(async () => {
    stage = await Stage.open();
    bystander = await stage.openSession('Bystander', '/me');
  });
  afterAll(() => stage.close());

  async function allow(page: SessionPage, account: string): Promise<void> {
    await page.arrived(
      `${stage.site.identityOrigin}/authorize?mode=${account === 'Ida' ? 'redirect' : 'popup'}`,
    );
    await page.type('input[name=account]', account);
    await page.click('button');
  }

  /** The bystander loads its page again and is still nobody, to the site and to the provider. */
  async function expectBystanderUntouched(): Promise<void> {
    const page = stage.retrace.page(bystander);
    const cookies = await stage.retrace.electron.evaluate(
      ({ session }, partition) => session.fromPartition(partition).cookies.get({}),
      bystander.partition,
    );
    expect(cookies).toEqual([]);
    const seen = await page.run(async () => (await (await fetch('/me.json')).json()) as unknown);
    expect(seen).toEqual({ account: null });
  }

  it('by redirect: comes back signed in, in the same session', async () => {
    const session = await stage.openSession('Redirected', '/signin');
    const page = stage.retrace.page(session);
    await page.click('#by-redirect');
    await allow(page, 'Ida');
    await page.arrived(`${stage.site.origin}/me`);
    expect(await page.account()).toBe('Ida');
    await expectBystanderUntouched();
  });

  it('by popup: the window opens over the page, says whose it is, and closes by itself', async () => {
    const session = await stage.openSession('Popped up', '/signin');
    const page = stage.retrace.page(session);
    await page.click('#by-popup');

    await stage.retrace.window
      .getByText(`Sign-in window: ${new URL(stage.site.identityOrigin).host}`)
      .waitFor();
    await allow(stage.retrace.popup(session), 'Pia');

    await page.arrived(`${stage.site.origin}/me`);
    expect(await page.account()).toBe('Pia');
    await eventually(async () => {
      await expect(stage.retrace.popup(session).contentsId()).rejects.toThrow('no popup');
    });
    await expectBystanderUntouched();
  });

  it('the provider knows the person again in the same session only', async () => {
    const session = await stage.retrace.api.rowNamed('Redirected');
    await stage.retrace.api.sessions('activate', session.id);
    await stage.retrace.api.sessions('navigate', session.id, `${stage.site.origin}/signin`);
    const page = stage.retrace.page(session);
    await page.arrived(`${stage.site.origin}/signin`);
    await page.click('#by-redirect');
    await page.arrived(`${stage.site.origin}/me`);
    expect(await page.account()).toBe('Ida');
  });
});
