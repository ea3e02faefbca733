import assert from 'node:assert/strict';
import { page } from '../page.ts';

export const net = page('net', (check) => {
  check('net.fetch(input[, init])', 'resolves with a response', async ({ electron: { net }, site }) => {
    const url = await site({
      '/': (_request, response) => response.writeHead(202, { 'x-mine': 'yes' }).end('body'),
    });
    const response = await net.fetch(url);
    assert.deepEqual(
      [response.status, response.ok, response.headers.get('x-mine'), await response.text()],
      [202, true, 'yes', 'body'],
    );
  });
  check('net.fetch(input[, init])', 'sends method, headers and body', async ({ electron: { net }, site }) => {
    const url = await site({
      '/': (request, response) => {
        void request
          .toArray()
          .then((parts: Buffer[]) =>
            response.end(
              `${request.method ?? ''} ${String(request.headers['x-mine'])} ${Buffer.concat(parts).toString()}`,
            ),
          );
      },
    });
    const response = await net.fetch(url, { method: 'POST', headers: { 'x-mine': '1' }, body: 'content' });
    assert.equal(await response.text(), 'POST 1 content');
  });
  check('net.fetch(input[, init])', 'rejects when nothing answers', async ({ electron: { net } }) => {
    await assert.rejects(net.fetch('http://127.0.0.1:9/'));
  });
  check('net.fetch(input[, init])', 'reads file: addresses', async ({ electron: { net }, file }) => {
    const response = await net.fetch(`file://${await file('text.txt', 'in a file')}`);
    assert.equal(await response.text(), 'in a file');
  });
  check(
    'net.fetch(input[, init])',
    'is answered by protocol handlers of the default session',
    async ({ electron: { net, protocol }, afterwards }) => {
      protocol.handle('house', () => new Response('handled'));
      afterwards(() => protocol.unhandle('house'));
      assert.equal(await (await net.fetch('house://kitchen/')).text(), 'handled');
    },
  );
  check(
    'net.fetch(input[, init])',
    'uses the default session’s cookies',
    async ({ electron: { net, session }, site }) => {
      const url = await site({ '/': ({ headers }, response) => response.end(headers.cookie ?? 'none') });
      await session.defaultSession.cookies.set({ url, name: 'n', value: '1' });
      assert.equal(await (await net.fetch(url, { credentials: 'include' })).text(), 'n=1');
    },
  );
  check('net.isOnline()', 'is a boolean, as is net.online', ({ electron: { net } }) => {
    assert.equal(typeof net.isOnline(), 'boolean');
    assert.equal(net.online, net.isOnline());
  });
});
