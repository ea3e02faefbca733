import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Cookie } from 'electron';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import './bench.ts';
import { type Fixture, launchFixture, type Site, soon, startSite } from './launch.ts';

let site: Site;
let fixture: Fixture;
let userData: string;
let lastUserAgent = '';

beforeAll(async () => {
  userData = await mkdtemp(join(tmpdir(), 'session-'));
  site = await startSite((path, request, response) => {
    lastUserAgent = request.headers['user-agent'] ?? '';
    if (path === '/login')
      response.setHeader('set-cookie', ['sid=1; HttpOnly; SameSite=Lax', 'lasting=2; Max-Age=100000']);
    if (path === '/file') response.setHeader('content-disposition', 'attachment; filename="a file.txt"');
    return `<!doctype html><title>${path}</title>${request.headers.cookie ?? 'no cookies'}`;
  });
  fixture = await launchFixture('views', userData);
  await fixture.electron.firstWindow();
});

afterAll(async () => {
  await fixture.close();
  await site.close();
  await rm(userData, { recursive: true, force: true });
});

const place = { x: 0, y: 0, width: 300, height: 200 };
const load = (name: string, partition: string, path: string) =>
  fixture.electron.evaluate(
    async (_electron, [view, part, url, bounds]) => {
      const { webContents } = bench.views[view] ?? bench.open(view, part, bounds);
      await webContents.loadURL(url);
      return (await webContents.executeJavaScript('document.body.innerText')) as string;
    },
    [name, partition, `${site.url}${path}`, place] as const,
  );
const cookiesOf = (partition: string, filter = {}): Promise<Cookie[]> =>
  fixture.electron.evaluate(
    ({ session }, [part, wanted]) => session.fromPartition(part).cookies.get(wanted),
    [partition, filter] as const,
  );

describe('a partition', () => {
  it('shares nothing with another one, on disk or in memory', async () => {
    await load('one', 'persist:one', '/login');
    expect(await load('one', 'persist:one', '/')).toBe('sid=1; lasting=2');
    expect(await load('two', 'persist:two', '/')).toBe('no cookies');
    await load('three', 'memory', '/login');
    expect(await load('four', 'another', '/')).toBe('no cookies');
    expect(await load('three', 'memory', '/')).toBe('sid=1; lasting=2');
  });

  it('tells where it lives', async () => {
    const told = await fixture.electron.evaluate(({ session }) =>
      ['persist:one', 'memory'].map((name) => {
        const partition = session.fromPartition(name);
        return [partition.isPersistent(), partition.storagePath];
      }),
    );
    expect(told).toEqual([
      [true, join(userData, 'Partitions', 'one')],
      [false, null],
    ]);
  });
});

describe('cookies', () => {
  it('are told as Electron tells them', async () => {
    expect(await cookiesOf('persist:one', { name: 'sid' })).toEqual([
      {
        name: 'sid',
        value: '1',
        domain: 'localhost',
        hostOnly: true,
        path: '/',
        secure: false,
        httpOnly: true,
        session: true,
        sameSite: 'lax',
      },
    ]);
    const [lasting] = await cookiesOf('persist:one', { session: false });
    expect(lasting).toEqual(
      expect.objectContaining({ name: 'lasting', session: false, sameSite: 'unspecified' }),
    );
    expect(lasting?.expirationDate).toBeGreaterThan(Date.now() / 1000 + 90_000);
  });

  it('are set before the first page is there, and sent by it', async () => {
    await fixture.electron.evaluate(
      ({ session }, url) =>
        session.fromPartition('persist:cold').cookies.set({ url, name: 'early', value: 'yes' }),
      site.url,
    );
    expect(await load('cold', 'persist:cold', '/')).toBe('early=yes');
  });

  it('are removed by address and name', async () => {
    await fixture.electron.evaluate(
      ({ session }, url) => session.fromPartition('persist:cold').cookies.remove(url, 'early'),
      site.url,
    );
    expect(await load('cold', 'persist:cold', '/')).toBe('no cookies');
  });

  it('refuse what Chromium would refuse', async () => {
    const refusal = fixture.electron.evaluate(
      ({ session }, url) =>
        session.fromPartition('persist:cold').cookies.set({ url, name: 'x', domain: 'elsewhere.test' }),
      site.url,
    );
    await expect(refusal).rejects.toThrow(/invalid Domain/);
  });

  it('tell of changes by a response, by a script and by the app', async () => {
    await fixture.electron.evaluate(({ session }) => {
      session
        .fromPartition('persist:one')
        .cookies.on('changed', (_event, { name, value }, _cause, removed) => {
          bench.log.push(['changed', `${removed ? '-' : '+'}${name}=${value}`]);
        });
    });
    const changes = () => fixture.electron.evaluate(() => bench.log.map(([, change]) => change));
    await fixture.electron.evaluate(async (_electron, url) => {
      const { webContents } = bench.views['one'] ?? {};
      await webContents?.executeJavaScript('document.cookie = "script=1"');
      await webContents?.session.cookies.set({ url, name: 'app', value: '1' });
      await webContents?.session.cookies.remove(url, 'app');
    }, site.url);
    await fixture.electron.evaluate(
      ({ session }, url) => session.fromPartition('persist:one').cookies.remove(url, 'lasting'),
      site.url,
    );
    await load('one', 'persist:one', '/login');
    const wanted = ['+script=1', '+app=1', '-app=1', '-lasting=2', '+lasting=2'];
    expect(await soon(changes, (all) => wanted.every((change) => all.includes(change)))).toEqual(
      expect.arrayContaining(wanted),
    );
  });
});

describe('permissions', () => {
  it('are all granted without a handler, and only those that the handler grants with one', async () => {
    const states = (view: string) =>
      fixture.electron.evaluate(
        (_electron, name) =>
          bench.views[name]?.webContents.executeJavaScript(
            `Promise.all(['geolocation', 'notifications'].map((name) => navigator.permissions.query({ name }).then(({ state }) => state)))`,
          ) as Promise<unknown>,
        view,
      );
    expect(await states('one')).toEqual(['granted', 'granted']);
    await fixture.electron.evaluate(({ session }) => {
      session.fromPartition('persist:asked').setPermissionRequestHandler((_contents, permission, answer) => {
        answer(permission === 'geolocation');
      });
    });
    await load('asked', 'persist:asked', '/');
    expect(await states('asked')).toEqual(['granted', 'denied']);
  });
});

describe('the rest of a session', () => {
  it('names a Chromium with a window to sites, or what it was told to', async () => {
    await load('one', 'persist:one', '/');
    expect(lastUserAgent).toMatch(/ Chrome\/\d+/);
    expect(lastUserAgent).not.toMatch(/Headless/);
    await fixture.electron.evaluate(({ session }) =>
      session.fromPartition('persist:agent').setUserAgent('Mine/1'),
    );
    await load('agent', 'persist:agent', '/');
    expect(lastUserAgent).toBe('Mine/1');
  });

  it('tells of downloads, which the app may refuse', async () => {
    await fixture.electron.evaluate(async ({ session }, url) => {
      bench.log.length = 0;
      session.fromPartition('persist:one').on('will-download', (event, item) => {
        bench.log.push(['will-download', item.getFilename()]);
        event.preventDefault();
      });
      await bench.views['one']?.webContents.loadURL(`${url}/file`).catch(() => undefined);
    }, site.url);
    const log = () => fixture.electron.evaluate(() => bench.log);
    expect(await soon(log, (all) => all.length > 0)).toEqual([['will-download', 'a file.txt']]);
  });

  it('erases all storage', async () => {
    await load('one', 'persist:one', '/login');
    await fixture.electron.evaluate(async ({ session }) => {
      await bench.views['one']?.webContents.executeJavaScript('localStorage.kept = 1');
      await session.fromPartition('persist:one').clearStorageData();
    });
    expect(await load('one', 'persist:one', '/')).toBe('no cookies');
    const kept = await fixture.electron.evaluate(
      () =>
        bench.views['one']?.webContents.executeJavaScript('String(localStorage.kept)') as Promise<unknown>,
    );
    expect(kept).toBe('undefined');
  });

  it('keeps what lasts over a restart, and forgets session cookies', async () => {
    await load('two', 'persist:two', '/login');
    await fixture.electron.evaluate(() =>
      bench.views['two']?.webContents.executeJavaScript('localStorage.kept = "yes"; 0'),
    );
    await fixture.close();
    fixture = await launchFixture('views', userData);
    await fixture.electron.firstWindow();
    expect((await cookiesOf('persist:two')).map(({ name }) => name)).toEqual(['lasting']);
    await load('two', 'persist:two', '/');
    expect(
      await fixture.electron.evaluate(
        () => bench.views['two']?.webContents.executeJavaScript('localStorage.kept') as Promise<unknown>,
      ),
    ).toBe('yes');
  });
});
