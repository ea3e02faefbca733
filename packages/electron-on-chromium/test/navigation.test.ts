import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type Fixture, launchFixture, soon } from './launch.ts';

/** Paths that answer something else than a page. */
const answers: Readonly<Record<string, readonly [status: number, headers: Record<string, string>]>> = {
  '/redirect': [302, { location: '/target' }],
  '/nothing': [204, {}],
  '/missing': [404, {}],
};

let server: Server;
let site: string;
let requests: string[] = [];
let fixture: Fixture;

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? '/';
    if (path === '/favicon.ico') {
      response.writeHead(404).end();
      return;
    }
    requests.push(path);
    const [status, headers] = answers[path] ?? [200, {}];
    response.writeHead(status, { 'content-type': 'text/html', ...headers });
    response.end(`<title>${path}</title><a href="/linked">link</a>`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  fixture = await launchFixture('window');
  await (await fixture.electron.firstWindow()).waitForSelector('h1');
  await fixture.electron.evaluate(({ WebContentsView }) => {
    const log: unknown[] = [];
    const view = new WebContentsView({ webPreferences: { partition: 'persist:navigation' } });
    const contents = view.webContents as unknown as NodeJS.EventEmitter;
    const events = [
      'did-start-navigation',
      'will-frame-navigate',
      'will-navigate',
      'will-redirect',
      'did-redirect-navigation',
      'did-navigate',
      'did-navigate-in-page',
      'dom-ready',
      'did-finish-load',
      'did-fail-load',
      'did-stop-loading',
      'page-title-updated',
    ];
    for (const event of events) {
      contents.on(event, (_event: unknown, first: unknown) => {
        log.push(first === undefined ? event : [event, first]);
      });
    }
    Object.assign(globalThis, { bench: { view, log } });
  });
});

afterAll(async () => {
  await fixture.close();
  server.close();
});

interface NavigationBench {
  readonly view: Electron.WebContentsView;
  readonly log: unknown[];
}

/** Loads an address in the view, and answers how that ended. */
const load = (url: string): Promise<unknown> =>
  fixture.electron.evaluate(async (_electron, address) => {
    const { view } = (globalThis as unknown as { bench: NavigationBench }).bench;
    try {
      await view.webContents.loadURL(address);
      return 'loaded';
    } catch (error) {
      return error instanceof Error ? error.message : error;
    }
  }, url);

const run = (code: string): Promise<unknown> =>
  fixture.electron.evaluate((_electron, script) => {
    const { view } = (globalThis as unknown as { bench: NavigationBench }).bench;
    return view.webContents.executeJavaScript(script, true) as Promise<unknown>;
  }, code);

/** The events since the last call, up to the end of the load. */
async function events(last = 'did-stop-loading'): Promise<unknown[]> {
  const peek = () =>
    fixture.electron.evaluate(() => [...(globalThis as unknown as { bench: NavigationBench }).bench.log]);
  await soon(peek, (log) => JSON.stringify(log).includes(last));
  return fixture.electron.evaluate(() =>
    (globalThis as unknown as { bench: NavigationBench }).bench.log.splice(0),
  );
}

const take = async (): Promise<string[]> => {
  await events();
  const seen = requests;
  requests = [];
  return seen;
};

describe('navigation', () => {
  beforeEach(async () => {
    await load(`${site}/start`);
    await take();
  });

  it('of a load that the app began is told in Electron’s order, and asks nobody', async () => {
    expect(await load(`${site}/page`)).toBe('loaded');
    expect(await events()).toEqual([
      ['did-start-navigation', `${site}/page`],
      ['did-navigate', `${site}/page`],
      ['page-title-updated', '/page'],
      'dom-ready',
      'did-finish-load',
      'did-stop-loading',
    ]);
  });

  it('of a link asks first', async () => {
    await run('document.querySelector("a").click()');
    expect(await events('did-finish-load')).toEqual(
      expect.arrayContaining([
        ['did-start-navigation', `${site}/linked`],
        ['will-frame-navigate', `${site}/linked`],
        ['will-navigate', `${site}/linked`],
        ['did-navigate', `${site}/linked`],
      ]),
    );
  });

  it('tells a redirect', async () => {
    expect(await load(`${site}/redirect`)).toBe('loaded');
    expect((await events()).slice(0, 4)).toEqual([
      ['did-start-navigation', `${site}/redirect`],
      ['will-redirect', `${site}/target`],
      ['did-redirect-navigation', `${site}/target`],
      ['did-navigate', `${site}/target`],
    ]);
  });

  it.each(['will-navigate', 'will-frame-navigate'] as const)(
    'can be refused in %s, and the server sees nothing',
    async (event) => {
      await fixture.electron.evaluate((_electron, name) => {
        const { view } = (globalThis as unknown as { bench: NavigationBench }).bench;
        (view.webContents as unknown as NodeJS.EventEmitter).once(
          name,
          (details: { preventDefault(): void }) => details.preventDefault(),
        );
      }, event);
      await run('document.querySelector("a").click()');
      await events();
      expect(requests).toEqual([]);
      expect(await run('location.pathname')).toBe('/start');
    },
  );

  it('can be refused in will-redirect, and the target sees nothing', async () => {
    await fixture.electron.evaluate(() => {
      const { view } = (globalThis as unknown as { bench: NavigationBench }).bench;
      view.webContents.once('will-redirect', (details) => details.preventDefault());
    });
    expect(await load(`${site}/redirect`)).toMatch(/^ERR_/);
    expect(await take()).toEqual(['/redirect']);
  });

  it('within a document keeps the document', async () => {
    await run('window.kept = true; history.pushState({}, "", "/pushed"); location.hash = "part"');
    const told = await events(`["did-navigate-in-page","${site}/pushed#part"]`);
    expect(told).toContainEqual(['did-navigate-in-page', `${site}/pushed`]);
    expect(told).toContainEqual(['did-navigate-in-page', `${site}/pushed#part`]);
    expect(told).not.toContainEqual(['did-navigate', `${site}/pushed`]);
    expect(await run('kept')).toBe(true);
  });

  it('loads a page that the server calls missing', async () => {
    expect(await load(`${site}/missing`)).toBe('loaded');
    await events();
  });

  it.each([
    ['/nothing', 'ERR_ABORTED (-3)'],
    ['http://127.0.0.1:9/', 'ERR_UNSAFE_PORT (-312)'],
    ['https://nowhere.invalid/', 'ERR_NAME_NOT_RESOLVED (-105)'],
    ['not an address', 'ERR_INVALID_URL (-300)'],
  ])('to %s fails as %s', async (address, error) => {
    const url = address.startsWith('/') ? site + address : address;
    expect(await load(url)).toBe(`${error} loading '${url}'`);
    await fixture.electron.evaluate(() =>
      (globalThis as unknown as { bench: NavigationBench }).bench.log.splice(0),
    );
  });

  it('gives way to another one, which is the one that counts', async () => {
    const first = load(`${site}/first`);
    const second = load(`${site}/second`);
    expect(await first).toMatch(/^ERR_ABORTED \(-3\)/);
    expect(await second).toBe('loaded');
    expect(await run('location.pathname')).toBe('/second');
    await events();
  });
});
