import assert from 'node:assert/strict';
import { page } from '../page.ts';

export const protocol = page('protocol', (check) => {
  check('protocol.handle(scheme, handler)', 'answers requests of its scheme', async ({ session, window }) => {
    const own = session();
    let asked = '';
    own.protocol.handle('house', ({ url }) => {
      asked = url;
      return new Response('<title>home</title>', { headers: { 'content-type': 'text/html' } });
    });
    const { webContents: contents } = window({ webPreferences: { session: own } });
    await contents.loadURL('house://kitchen/table?a=1');
    assert.equal(contents.getTitle(), 'home');
    assert.equal(contents.getURL(), 'house://kitchen/table?a=1');
    assert.equal(asked, 'house://kitchen/table?a=1');
  });
  check('protocol.handle(scheme, handler)', 'pages can fetch from it', async ({ session, window }) => {
    const own = session();
    own.protocol.handle('house', async (request) =>
      request.method === 'POST'
        ? new Response(`got ${await request.text()}`, { status: 201, headers: { 'x-mine': 'yes' } })
        : new Response('<title>x</title>', { headers: { 'content-type': 'text/html' } }),
    );
    const { webContents: contents } = window({ webPreferences: { session: own } });
    await contents.loadURL('house://kitchen/');
    assert.deepEqual(
      await contents.executeJavaScript(
        'fetch("/drawer", { method: "POST", body: "spoon" }).then(async (response) => [response.status, response.headers.get("x-mine"), await response.text()])',
      ),
      [201, 'yes', 'got spoon'],
    );
  });
  check('protocol.handle(scheme, handler)', 'waits for a promise', async ({ session, window }) => {
    const own = session();
    own.protocol.handle('house', async () => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      return new Response('<title>late</title>', { headers: { 'content-type': 'text/html' } });
    });
    const { webContents: contents } = window({ webPreferences: { session: own } });
    await contents.loadURL('house://kitchen/');
    assert.equal(contents.getTitle(), 'late');
  });
  check(
    'protocol.handle(scheme, handler)',
    'Response.error() fails the load',
    async ({ session, window }) => {
      const own = session();
      own.protocol.handle('house', () => Response.error());
      await assert.rejects(window({ webPreferences: { session: own } }).loadURL('house://kitchen/'), /ERR_/);
    },
  );
  check(
    'protocol.handle(scheme, handler)',
    'also answers schemes that are built in',
    async ({ session, window }) => {
      const own = session();
      own.protocol.handle(
        'https',
        () => new Response('<title>mine</title>', { headers: { 'content-type': 'text/html' } }),
      );
      const { webContents: contents } = window({ webPreferences: { session: own } });
      await contents.loadURL('https://example.test/');
      assert.equal(contents.getTitle(), 'mine');
    },
  );
  check('protocol.handle(scheme, handler)', 'holds for its session only', async ({ session, window }) => {
    session().protocol.handle('house', () => new Response('x'));
    await assert.rejects(
      window({ webPreferences: { session: session() } }).loadURL('house://kitchen/'),
      /ERR_/,
    );
  });
  check('protocol.handle(scheme, handler)', 'a second handler is refused', ({ session }) => {
    const own = session();
    own.protocol.handle('house', () => new Response('x'));
    assert.throws(() => own.protocol.handle('house', () => new Response('y')));
  });
  check('protocol.isProtocolHandled(scheme)', 'knows what is handled', ({ session }) => {
    const own = session();
    assert.equal(own.protocol.isProtocolHandled('house'), false);
    own.protocol.handle('house', () => new Response('x'));
    assert.equal(own.protocol.isProtocolHandled('house'), true);
  });
  check('protocol.unhandle(scheme)', 'takes the handler away', ({ session }) => {
    const own = session();
    own.protocol.handle('house', () => new Response('x'));
    own.protocol.unhandle('house');
    assert.equal(own.protocol.isProtocolHandled('house'), false);
  });
  check(
    'protocol.registerSchemesAsPrivileged(customSchemes)',
    'a standard scheme has hosts and relative addresses',
    async ({ session, window }) => {
      const own = session();
      own.protocol.handle(
        'house',
        () => new Response('<a href="../door">x</a>', { headers: { 'content-type': 'text/html' } }),
      );
      const { webContents: contents } = window({ webPreferences: { session: own } });
      await contents.loadURL('house://kitchen/table/');
      const answers: unknown = await contents.executeJavaScript(
        '[isSecureContext, typeof localStorage, document.querySelector("a").pathname]',
      );
      assert.deepEqual(answers, [true, 'object', '/door']);
    },
  );
  check.differs(
    'Protocol.handle',
    'protocol.handle(scheme, handler)',
    'the page sees its address, too',
    async ({ session, window }) => {
      const own = session();
      own.protocol.handle('house', () => new Response('x', { headers: { 'content-type': 'text/html' } }));
      const { webContents: contents } = window({ webPreferences: { session: own } });
      await contents.loadURL('house://kitchen/');
      assert.equal(await contents.executeJavaScript('location.href'), 'house://kitchen/');
    },
  );
});
