import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSite } from './site.ts';
import type { Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

function visit(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(site.origin + path, { redirect: 'manual', ...init });
}

async function signIn(account: string): Promise<string> {
  const answer = await visit('/login', { method: 'POST', body: new URLSearchParams({ account }) });
  return answer.headers.getSetCookie().join('; ').split(';')[0] ?? '';
}

describe('the local site', () => {
  it('knows an account by a cookie that has no expiry and that no script can read', async () => {
    const answer = await visit('/login', { method: 'POST', body: new URLSearchParams({ account: 'Ada' }) });
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^login=[^;]+; Path=\/; HttpOnly/);
    expect(cookie).not.toMatch(/expires|max-age/i);
    expect(answer.headers.get('location')).toBe('/me');

    const me = await visit('/me.json', { headers: { cookie: cookie.split(';')[0] ?? '' } });
    expect(await me.json()).toEqual({ account: 'Ada' });
  });

  it('takes a stranger, and a cookie it never gave, for nobody', async () => {
    expect(await (await visit('/me.json')).json()).toEqual({ account: null });
    const forged = await visit('/me.json', { headers: { cookie: 'login=forged' } });
    expect(await forged.json()).toEqual({ account: null });
  });

  it('logs each request with the account it came from', async () => {
    const mark = site.requests.mark;
    const cookie = await signIn('Grace');
    await visit('/page/3?from=test', { headers: { cookie } });
    expect(site.requests.since(mark)).toMatchObject([
      { method: 'POST', path: '/login', account: null },
      { method: 'GET', path: '/page/3?from=test', account: 'Grace', server: 'site' },
    ]);
    expect(await site.requests.arrival('/page/3?from=test', mark)).toMatchObject({ account: 'Grace' });
  });

  it('tells of a request that has not come yet once it comes', async () => {
    const arrival = site.requests.arrival('/page/8', site.requests.mark);
    await visit('/page/8');
    expect(await arrival).toMatchObject({ path: '/page/8', account: null });
  });

  it('grants a login through the identity provider on the other origin, once for each code', async () => {
    const granted = await fetch(`${site.identityOrigin}/authorize?mode=redirect`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ account: 'Ida' }),
    });
    const back = granted.headers.get('location') ?? '';
    expect(back).toMatch(new RegExp(`^${site.origin}/signin/callback\\?code=`));
    const signedIn = await fetch(back, { redirect: 'manual' });
    expect(signedIn.headers.getSetCookie()[0]).toMatch(/^login=/);
    expect((await fetch(back, { redirect: 'manual' })).status).toBe(403);
  });

  it('writes names as text, whatever they are', async () => {
    const cookie = await signIn('<script>alert(1)</script>');
    const me = await (await visit('/me', { headers: { cookie } })).text();
    expect(me).not.toContain('<script>alert');
    expect(me).toContain('&lt;script&gt;');
  });

  it('holds a gated page until its gate is opened', async () => {
    let answered = false;
    const mark = site.requests.mark;
    const held = visit('/gate/morning').then((answer) => {
      answered = true;
      return answer.status;
    });
    await site.requests.arrival('/gate/morning', mark);
    await visit('/me');
    expect(answered).toBe(false);
    site.gates.open('morning');
    expect(await held).toBe(200);
  });

  it('sends nothing from outside its public folder', async () => {
    const answer = await visit('/public/%2e%2e%2fsite.ts');
    expect(answer.status).toBe(404);
  });
});
