import assert from 'node:assert/strict';
import type * as Electron from 'electron';
import { page } from '../page.ts';
import type { Stage } from '../stage.ts';

/** A page in a session of its own, and the address of its site, which answers everything else with its headers. */
async function opened({ session, window, site }: Stage) {
  const own = session();
  const echo = (
    { headers }: { headers: NodeJS.Dict<string | string[]> },
    response: { end(text: string): void },
  ) => response.end(JSON.stringify(headers));
  const url = await site({
    '/': '<title>page</title>',
    '/data': echo,
    '/other': (_request, response) => response.end('other'),
    '/redirect': (_request, response) => response.writeHead(302, { location: '/other' }).end(),
    '/headers': (_request, response) => response.writeHead(200, { 'x-from': 'site' }).end('x'),
  });
  const { webContents: contents } = window({ webPreferences: { session: own } });
  await contents.loadURL(url);
  const fetchText = (path: string): Promise<string> =>
    contents.executeJavaScript(
      `fetch("${path}").then((response) => response.text(), () => "failed")`,
    ) as Promise<string>;
  return { webRequest: own.webRequest, contents, url, fetchText };
}

export const webRequest = page('web-request', (check) => {
  check('webRequest.onBeforeRequest([filter, ]listener)', 'tells each request', async (stage) => {
    const { webRequest, contents, url, fetchText } = await opened(stage);
    const seen: Electron.OnBeforeRequestListenerDetails[] = [];
    webRequest.onBeforeRequest((details, callback) => {
      seen.push(details);
      callback({});
    });
    await fetchText('/data');
    const [details] = seen;
    assert.equal(details?.url, `${url}data`);
    assert.deepEqual(
      [details.method, details.resourceType, details.webContentsId],
      ['GET', 'xhr', contents.id],
    );
  });
  check('webRequest.onBeforeRequest([filter, ]listener)', 'cancel refuses the request', async (stage) => {
    const { webRequest, fetchText } = await opened(stage);
    webRequest.onBeforeRequest((_details, callback) => callback({ cancel: true }));
    assert.equal(await fetchText('/other'), 'failed');
  });
  check('webRequest.onBeforeRequest([filter, ]listener)', 'redirectURL sends it elsewhere', async (stage) => {
    const { webRequest, url, fetchText } = await opened(stage);
    webRequest.onBeforeRequest({ urls: [`${url}data`] }, (_details, callback) =>
      callback({ redirectURL: `${url}other` }),
    );
    assert.equal(await fetchText('/data'), 'other');
  });
  check('webRequest.onBeforeRequest([filter, ]listener)', 'the filter says which requests', async (stage) => {
    const { webRequest, url, fetchText } = await opened(stage);
    webRequest.onBeforeRequest({ urls: ['*://*/data*'] }, (_details, callback) => callback({ cancel: true }));
    assert.deepEqual([await fetchText('/data'), await fetchText('/other')], ['failed', 'other']);
    assert.ok(url);
  });
  check('webRequest.onBeforeRequest([filter, ]listener)', 'cancels documents, too', async (stage) => {
    const { webRequest, contents, url } = await opened(stage);
    webRequest.onBeforeRequest((_details, callback) => callback({ cancel: true }));
    await assert.rejects(contents.loadURL(`${url}other`), /ERR_BLOCKED_BY_CLIENT/);
  });
  check('webRequest.onBeforeRequest([filter, ]listener)', 'null takes the listener away', async (stage) => {
    const { webRequest, fetchText } = await opened(stage);
    webRequest.onBeforeRequest((_details, callback) => callback({ cancel: true }));
    webRequest.onBeforeRequest(null);
    assert.equal(await fetchText('/other'), 'other');
  });
  check('webRequest.onBeforeSendHeaders([filter, ]listener)', 'replaces the headers', async (stage) => {
    const { webRequest, fetchText } = await opened(stage);
    webRequest.onBeforeSendHeaders(({ requestHeaders }, callback) =>
      callback({ requestHeaders: { ...requestHeaders, 'X-Added': 'yes' } }),
    );
    const headers = JSON.parse(await fetchText('/data')) as Record<string, string>;
    assert.equal(headers['x-added'], 'yes');
  });
  check(
    'webRequest.onHeadersReceived([filter, ]listener)',
    'replaces the headers of the response',
    async (stage) => {
      const { webRequest, contents } = await opened(stage);
      webRequest.onHeadersReceived(({ responseHeaders, statusCode }, callback) => {
        assert.equal(statusCode, 200);
        callback({ responseHeaders: { ...responseHeaders, 'x-added': ['by the app'] } });
      });
      assert.deepEqual(
        await contents.executeJavaScript(
          'fetch("/headers").then(({ headers }) => [headers.get("x-from"), headers.get("x-added")])',
        ),
        ['site', 'by the app'],
      );
    },
  );
  check('webRequest.onCompleted([filter, ]listener)', 'tells the end of a request', async (stage) => {
    const { webRequest, fetchText, url } = await opened(stage);
    const completed = new Promise<Electron.OnCompletedListenerDetails>((resolve) =>
      webRequest.onCompleted(resolve),
    );
    await fetchText('/other');
    const details = await completed;
    assert.deepEqual([details.url, details.statusCode], [`${url}other`, 200]);
  });
  check('webRequest.onErrorOccurred([filter, ]listener)', 'tells a request that failed', async (stage) => {
    const { webRequest, fetchText } = await opened(stage);
    webRequest.onBeforeRequest((_details, callback) => callback({ cancel: true }));
    const failed = new Promise<Electron.OnErrorOccurredListenerDetails>((resolve) =>
      webRequest.onErrorOccurred(resolve),
    );
    await fetchText('/other');
    assert.equal((await failed).error, 'net::ERR_BLOCKED_BY_CLIENT');
  });
  check('webRequest.onBeforeRedirect([filter, ]listener)', 'tells where a redirect goes', async (stage) => {
    const { webRequest, fetchText, url } = await opened(stage);
    const redirected = new Promise<Electron.OnBeforeRedirectListenerDetails>((resolve) =>
      webRequest.onBeforeRedirect(resolve),
    );
    await fetchText('/redirect');
    const details = await redirected;
    assert.deepEqual([details.redirectURL, details.statusCode], [`${url}other`, 302]);
  });
});
