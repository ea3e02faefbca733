import assert from 'node:assert/strict';
import { once } from 'node:events';
import { page } from '../page.ts';

export const cookies = page('cookies', (check) => {
  const url = 'https://cookies.test/';

  check.differs(
    'Cookies.set',
    'cookies.set(details)',
    'is not secure unless that is said',
    async ({ session }) => {
      const { cookies: store } = session();
      await store.set({ url, name: 'a', value: '1' });
      assert.equal((await store.get({ url }))[0]?.secure, false);
    },
  );
  check('cookies.set(details)', 'has the documented defaults', async ({ session }) => {
    const { cookies: store } = session();
    await store.set({ url: 'http://cookies.test/', name: 'a', value: '1' });
    const [cookie] = await store.get({ url });
    assert.deepEqual(cookie && { ...cookie }, {
      name: 'a',
      value: '1',
      domain: 'cookies.test',
      hostOnly: true,
      path: '/',
      secure: false,
      httpOnly: false,
      session: true,
      sameSite: 'lax',
    });
  });
  check('cookies.set(details)', 'keeps what is said', async ({ session }) => {
    const { cookies: store } = session();
    const expirationDate = Math.floor(Date.now() / 1000) + 1000;
    await store.set({
      url,
      name: 'a',
      value: '1',
      domain: 'cookies.test',
      path: '/deep',
      secure: true,
      httpOnly: true,
      sameSite: 'no_restriction',
      expirationDate,
    });
    const [cookie] = await store.get({ name: 'a' });
    assert.equal(cookie?.domain, '.cookies.test');
    assert.deepEqual(
      [cookie.hostOnly, cookie.path, cookie.secure, cookie.httpOnly, cookie.session, cookie.sameSite],
      [false, '/deep', true, true, false, 'no_restriction'],
    );
    assert.ok(Math.abs((cookie.expirationDate ?? 0) - expirationDate) < 2);
  });
  check('cookies.set(details)', 'replaces a cookie of the same name', async ({ session }) => {
    const { cookies: store } = session();
    for (const value of ['1', '2']) await store.set({ url, name: 'a', value });
    assert.deepEqual(
      (await store.get({ url })).map(({ value }) => value),
      ['2'],
    );
  });
  check('cookies.set(details)', 'rejects what is no address', async ({ session }) => {
    await assert.rejects(session().cookies.set({ url: 'nonsense', name: 'a', value: '1' }));
  });
  check('cookies.get(filter)', 'an empty filter means all', async ({ session }) => {
    const { cookies: store } = session();
    await store.set({ url, name: 'a', value: '1' });
    await store.set({ url: 'https://other.test/', name: 'b', value: '2' });
    assert.equal((await store.get({})).length, 2);
  });
  for (const [what, filter] of [
    ['name', { name: 'a' }],
    ['url', { url }],
    ['domain', { domain: 'cookies.test' }],
    ['path', { path: '/deep' }],
    ['secure', { secure: true }],
    ['session', { session: false }],
    ['httpOnly', { httpOnly: true }],
  ] as const)
    check('cookies.get(filter)', `filters by ${what}`, async ({ session }) => {
      const { cookies: store } = session();
      const expirationDate = Date.now() / 1000 + 1000;
      await store.set({
        url: `${url}deep`,
        name: 'a',
        value: '1',
        path: what === 'path' ? '/deep' : '/',
        secure: true,
        httpOnly: true,
        expirationDate,
      });
      await store.set({ url: 'http://other.test/', name: 'b', value: '2' });
      assert.deepEqual(
        (await store.get(filter)).map(({ name }) => name),
        ['a'],
      );
    });
  check('cookies.remove(url, name)', 'removes the cookie', async ({ session }) => {
    const { cookies: store } = session();
    for (const name of ['a', 'b']) await store.set({ url, name, value: '1' });
    await store.remove(url, 'a');
    assert.deepEqual(
      (await store.get({ url })).map(({ name }) => name),
      ['b'],
    );
  });
  check("Event: 'changed'", 'is told for a cookie that was set', async ({ session }) => {
    const { cookies: store } = session();
    const changed = once(store, 'changed');
    // A first look is what a change is measured against.
    await store.get({});
    await store.set({ url, name: 'a', value: '1' });
    const [, cookie, , removed] = (await changed) as [unknown, Electron.Cookie, string, boolean];
    assert.deepEqual([cookie.name, cookie.value, removed], ['a', '1', false]);
  });
  check("Event: 'changed'", 'is told for one that a site sets', async ({ session, window, site }) => {
    const own = session();
    const { webContents: contents } = window({ webPreferences: { session: own } });
    const address = await site({
      '/': 'x',
      '/set': (_request, response) => response.writeHead(200, { 'set-cookie': 'from=site' }).end('x'),
    });
    await contents.loadURL(address);
    const changed = once(own.cookies, 'changed');
    await contents.loadURL(`${address}set`);
    const [, cookie, , removed] = (await changed) as [unknown, Electron.Cookie, string, boolean];
    assert.deepEqual([cookie.name, cookie.value, removed], ['from', 'site', false]);
  });
  check('cookies.flushStore()', 'resolves', async ({ session }) => {
    await session().cookies.flushStore();
  });
});
