import assert from 'node:assert/strict';
import { once } from 'node:events';
import { page } from '../page.ts';

export const session = page('session', (check) => {
  check(
    'session.fromPartition(partition[, options])',
    'is the same session each time',
    ({ electron: { session } }) => {
      assert.equal(session.fromPartition('same'), session.fromPartition('same'));
      assert.notEqual(session.fromPartition('same'), session.fromPartition('other'));
    },
  );
  check(
    'session.fromPartition(partition[, options])',
    'persist: lies on the disk',
    ({ electron: { session } }) => {
      assert.equal(session.fromPartition('persist:conformance').isPersistent(), true);
      assert.equal(session.fromPartition('memory').isPersistent(), false);
    },
  );
  check(
    'session.fromPartition(partition[, options])',
    'an empty name is the default session',
    ({ electron: { session } }) => {
      assert.equal(session.fromPartition(''), session.defaultSession);
    },
  );
  check(
    'ses.storagePath',
    'is a folder for what lies on the disk, else null',
    ({ electron: { app, session } }) => {
      assert.equal(session.fromPartition('memory').storagePath, null);
      const path = session.fromPartition('persist:conformance').storagePath;
      assert.ok(path?.startsWith(app.getPath('sessionData')), String(path));
      assert.equal(session.fromPartition('persist:conformance').getStoragePath(), path);
    },
  );
  check('ses.getUserAgent()', 'names Chrome', ({ electron: { session } }) => {
    assert.match(session.defaultSession.getUserAgent(), /^Mozilla\/5\.0 .*Chrome\//);
  });
  check(
    'ses.setUserAgent(userAgent[, acceptLanguages])',
    'holds for pages that come later',
    async ({ session, window, site }) => {
      const own = session();
      own.setUserAgent('Session/1', 'de-CH');
      assert.equal(own.getUserAgent(), 'Session/1');
      let seen: unknown[] = [];
      const url = await site({
        '/': ({ headers }, response) => {
          seen = [headers['user-agent'], headers['accept-language']?.startsWith('de-CH')];
          response.end('x');
        },
      });
      await window({ webPreferences: { session: own } }).loadURL(url);
      assert.deepEqual(seen, ['Session/1', true]);
    },
  );
  check('ses.cookies', 'are not shared between partitions', async ({ session, site }) => {
    const [one, two] = [session(), session()];
    const url = await site({});
    await one.cookies.set({ url, name: 'a', value: '1' });
    assert.equal((await one.cookies.get({ url })).length, 1);
    assert.equal((await two.cookies.get({ url })).length, 0);
  });
  check(
    'ses.clearStorageData([options])',
    'clears cookies and local storage',
    async ({ session, window, site }) => {
      const own = session();
      const { webContents: contents } = window({ webPreferences: { session: own } });
      const url = await site({ '/': 'x' });
      await contents.loadURL(url);
      await contents.executeJavaScript('document.cookie = "a=1"; localStorage.a = "1"');
      await own.clearStorageData();
      assert.deepEqual(await own.cookies.get({}), []);
      await contents.loadURL(url);
      assert.equal(await contents.executeJavaScript('localStorage.length'), 0);
    },
  );
  check('ses.clearStorageData([options])', 'storages says what', async ({ session, window, site }) => {
    const own = session();
    const { webContents: contents } = window({ webPreferences: { session: own } });
    const url = await site({ '/': 'x' });
    await contents.loadURL(url);
    await contents.executeJavaScript('document.cookie = "a=1"; localStorage.a = "1"');
    await own.clearStorageData({ storages: ['cookies'] });
    assert.deepEqual(await own.cookies.get({}), []);
    assert.equal(await contents.executeJavaScript('localStorage.length'), 1);
  });
  check('ses.clearData([options])', 'clears the data types of the origins', async ({ session, site }) => {
    const own = session();
    const url = await site({});
    for (const at of [url, 'http://elsewhere.test/'])
      await own.cookies.set({ url: at, name: 'a', value: '1' });
    await own.clearData({ dataTypes: ['cookies'], origins: ['http://elsewhere.test'] });
    assert.deepEqual(
      (await own.cookies.get({})).map(({ domain }) => domain),
      ['127.0.0.1'],
    );
    await own.clearData();
    assert.deepEqual(await own.cookies.get({}), []);
  });
  check('ses.clearCache()', 'has the page requested again', async ({ session, window, site }) => {
    const own = session();
    const { webContents: contents } = window({ webPreferences: { session: own } });
    let count = 0;
    const url = await site({
      '/': 'x',
      '/cached': (_request, response) => {
        count += 1;
        response.writeHead(200, { 'cache-control': 'max-age=1000' }).end('x');
      },
    });
    await contents.loadURL(url);
    const fetchIt = () => contents.executeJavaScript('fetch("/cached").then((response) => response.text())');
    await fetchIt();
    await fetchIt();
    assert.equal(count, 1);
    await own.clearCache();
    await fetchIt();
    assert.equal(count, 2);
  });
  check(
    'ses.setPermissionRequestHandler(handler)',
    'decides what a page gets',
    async ({ session, window, site }) => {
      const own = session();
      own.setPermissionRequestHandler((_contents, permission, callback) =>
        callback(permission === 'notifications'),
      );
      const { webContents: contents } = window({ webPreferences: { session: own } });
      await contents.loadURL((await site({ '/': 'x' })).replace('127.0.0.1', 'localhost'));
      assert.equal(await contents.executeJavaScript('Notification.requestPermission()', true), 'granted');
      assert.equal(
        await contents.executeJavaScript(
          'new Promise((resolve) => navigator.geolocation.getCurrentPosition(() => resolve("got"), ({ code }) => resolve(code)))',
        ),
        1,
      );
    },
  );
  check(
    'ses.setPermissionCheckHandler(handler)',
    'decides what a page may know',
    async ({ session, window, site }) => {
      const own = session();
      own.setPermissionCheckHandler(() => false);
      const { webContents: contents } = window({ webPreferences: { session: own } });
      await contents.loadURL((await site({ '/': 'x' })).replace('127.0.0.1', 'localhost'));
      assert.equal(await contents.executeJavaScript('Notification.permission'), 'denied');
    },
  );
  check('ses.setProxy(config)', 'sends requests to the proxy', async ({ session, window, site }) => {
    const own = session();
    const asked: string[] = [];
    const proxy = await site({
      '/proxied': ({ url }, response) => {
        asked.push(String(url));
        response.end('<title>by proxy</title>');
      },
    });
    await own.setProxy({ proxyRules: new URL(proxy).host });
    const { webContents: contents } = window({ webPreferences: { session: own } });
    await contents.loadURL('http://proxied.test/proxied');
    assert.equal(contents.getTitle(), 'by proxy');
    assert.deepEqual(asked.slice(0, 1), ['http://proxied.test/proxied']);
  });
  check('ses.resolveProxy(url)', 'names the proxy, or DIRECT', async ({ session }) => {
    const own = session();
    await own.setProxy({ mode: 'direct' });
    assert.equal(await own.resolveProxy('http://example.test/'), 'DIRECT');
    await own.setProxy({ proxyRules: '127.0.0.1:8001' });
    assert.equal(await own.resolveProxy('http://example.test/'), 'PROXY 127.0.0.1:8001');
  });
  check('ses.fetch(input[, init])', 'has the cookies of the session', async ({ session, site }) => {
    const own = session();
    const url = await site({ '/': ({ headers }, response) => response.end(headers.cookie ?? 'none') });
    await own.cookies.set({ url, name: 'who', value: 'me' });
    assert.equal(await (await own.fetch(url, { credentials: 'include' })).text(), 'who=me');
  });
  check("Event: 'session-created'", 'app tells a new session', async ({ electron: { app, session } }) => {
    const created = once(app, 'session-created');
    const made = session.fromPartition('conformance-created');
    assert.equal((await created)[0], made);
  });
  check(
    'ses.registerPreloadScript(script)',
    'runs in pages that come later',
    async ({ session, window, site, file }) => {
      const own = session();
      const filePath = await file(
        'preload.cjs',
        "require('electron').contextBridge.exposeInMainWorld('byTheSession', 1)",
      );
      const id = own.registerPreloadScript({ type: 'frame', filePath });
      assert.deepEqual(
        own.getPreloadScripts().map((script) => [script.id, script.filePath]),
        [[id, filePath]],
      );
      const { webContents: contents } = window({ webPreferences: { session: own } });
      await contents.loadURL(await site({ '/': 'x' }));
      assert.equal(await contents.executeJavaScript('byTheSession'), 1);
      own.unregisterPreloadScript(id);
      assert.deepEqual(own.getPreloadScripts(), []);
    },
  );
});
