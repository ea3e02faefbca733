import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SessionRow } from '@retrace/protocol';
import { eventually } from './app/eventually.ts';
import { Stage } from './app/stage.ts';

/** Defined by the site's permissions page. */
declare global {
  interface Window {
    readonly askForPermissions: () => Promise<Record<string, string>>;
    readonly queryPermissions: () => Promise<Record<string, string>>;
  }
}

/** Security rows 2 and 3: what every web contents of the application has. */
const LOCKED = {
  sandbox: true,
  contextIsolation: true,
  webSecurity: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
};

type Preferences = Readonly<Record<string, unknown>>;

describe('the rows of the security table, in the running application', () => {
  let stage: Stage;
  let session: SessionRow;

  beforeAll(async () => {
    stage = await Stage.open();
    session = await stage.openSession('Watched', '/windows');
  });
  afterAll(() => stage.close());

  const page = () => stage.retrace.page(session);

  async function goTo(path: string): Promise<void> {
    await stage.retrace.api.sessions('navigate', session.id, stage.site.origin + path);
    await page().arrived(stage.site.origin + path);
  }

  function preferencesOf(id: number): Promise<Preferences> {
    return stage.retrace.electron.evaluate(({ webContents }, wanted) => {
      // Electron has this method since its beginning, and keeps it out of its types.
      const contents = webContents.fromId(wanted) as unknown as { getLastWebPreferences(): Preferences };
      const preferences = Object.entries(contents.getLastWebPreferences());
      // The session is an object of the main process and does not cross to the test.
      return Object.fromEntries(preferences.filter(([, value]) => typeof value !== 'object'));
    }, id);
  }

  const windowContents = () =>
    stage.retrace.electron.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.id ?? -1,
    );

  it('row 2: the window is locked, and is the only one with a preload', async () => {
    expect(await preferencesOf(await windowContents())).toMatchObject({
      ...LOCKED,
      preload: expect.stringContaining('preload'),
    });
  });

  it('row 3: a page is locked, without a preload, and may not play before a gesture', async () => {
    const preferences = await preferencesOf(await page().contentsId());
    expect(preferences['preload'] ?? '').toBe('');
    expect(preferences).toMatchObject({
      ...LOCKED,
      safeDialogs: true,
      autoplayPolicy: 'document-user-activation-required',
    });
  });

  it('row 4: the partition is made of provider and id, and is no other than its own', async () => {
    expect(session.partition).toBe(`persist:custom-${session.id}`);
    const isOwn = await stage.retrace.electron.evaluate(
      ({ webContents, session: sessions }, [id, partition]) =>
        webContents.fromId(id)?.session === sessions.fromPartition(partition),
      [await page().contentsId(), session.partition] as const,
    );
    expect(isOwn).toBe(true);
  });

  it('row 5: the interface comes from its own scheme, and nothing else comes from there', async () => {
    const answers = await stage.retrace.window.evaluate(async () => {
      const statusOf = async (path: string, init: RequestInit = {}) => (await fetch(path, init)).status;
      return {
        itself: await statusOf('/index.html'),
        posted: await statusOf('/index.html', { method: 'POST' }),
        missing: await statusOf('/missing.js'),
        climbing: await statusOf('/%2e%2e%2f%2e%2e%2fpackage.json'),
        sniffing: (await fetch('/index.html')).headers.get('x-content-type-options'),
      };
    });
    expect(answers).toEqual({ itself: 200, posted: 405, missing: 404, climbing: 404, sniffing: 'nosniff' });
    const url = await stage.retrace.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getURL(),
    );
    expect(url).toMatch(/^app:/);
  });

  it('row 6: the policy comes as a header, and holds', async () => {
    const policy = await stage.retrace.window.evaluate(async () =>
      (await fetch('/index.html')).headers.get('content-security-policy'),
    );
    expect(policy?.split(/; ?/)).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data: blob:",
      "font-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    const ran = await stage.retrace.window.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.body.dataset.ran = "yes"';
      document.body.append(script);
      script.remove();
      return document.body.dataset['ran'] ?? 'no';
    });
    expect(ran).toBe('no');
    const mark = stage.site.requests.mark;
    await expect(
      stage.retrace.window.evaluate((url) => fetch(url).then(() => 'sent'), `${stage.site.origin}/me.json`),
    ).rejects.toThrow('Failed to fetch');
    expect(stage.site.requests.since(mark)).toEqual([]);
  });

  it('row 7: no channel is open to every web contents', async () => {
    const global = await stage.retrace.electron.evaluate(({ ipcMain }) => ipcMain.eventNames());
    expect(global).toEqual([]);
  });

  it('row 9: the bridge has methods only, and nothing of Electron behind them', async () => {
    const found = await stage.retrace.window.evaluate(() => {
      const kinds = (value: object): string[] =>
        Object.values(value).flatMap((member: unknown) =>
          typeof member === 'object' && member !== null ? kinds(member) : [typeof member],
        );
      return {
        kinds: [...new Set(kinds(window.electronAPI))],
        globals: ['require', 'process', 'ipcRenderer', 'module'].filter((name) => name in window),
      };
    });
    expect(found).toEqual({ kinds: ['function'], globals: [] });
  });

  it('row 10: the window stays where it is', async () => {
    const { window } = stage.retrace;
    const before = window.url();
    const mark = stage.site.requests.mark;
    await window.evaluate((url) => {
      location.href = url;
    }, `${stage.site.origin}/page/7`);
    await stage.retrace.ui.tab('Watched').click();
    expect(window.url()).toBe(before);
    expect(stage.site.requests.since(mark)).toEqual([]);
  });

  it.each(['#file', '#script', '#data'])('row 11: the link %s of a page leads nowhere', async (link) => {
    await goTo('/windows');
    await page().click(link);
    await goTo('/page/1');
    const { metadata } = await stage.retrace.api.row(session.id);
    const visited = metadata.navigation.entries.map(({ url }) => new URL(url).protocol);
    expect(new Set(visited)).toEqual(new Set(['http:']));
  });

  it.each(['file:///etc/hostname', 'data:text/html,hello', 'chrome://version', 'app://retrace/index.html'])(
    'row 11: a script of a page cannot go to %s',
    async (url) => {
      await goTo('/page/2');
      await page().run((target) => {
        location.href = target;
      }, url);
      await goTo('/page/3');
      const { metadata } = await stage.retrace.api.row(session.id);
      expect(metadata.navigation.entries.map((entry) => entry.url)).not.toContain(url);
    },
  );

  it('row 12: a window that no gesture asked for does not open', async () => {
    await goTo('/windows');
    const mark = stage.site.requests.mark;
    await page().click('#later');
    await eventually(async () => {
      expect(await page().run(() => document.querySelector('output')?.value)).toBe('tried');
    });
    await goTo('/page/1');
    await expect(stage.retrace.popup(session).contentsId()).rejects.toThrow('no popup');
    expect(stage.site.requests.since(mark).map(({ path }) => path)).not.toContain('/page/3');
  });

  it('row 12: a link to a new window opens in the session itself', async () => {
    await goTo('/windows');
    await page().click('#blank');
    await page().arrived(`${stage.site.origin}/page/2`);
    expect((await stage.retrace.api.sessions('list', true)).sessions).toHaveLength(1);
  });

  it('row 14: a page gets none of the permissions that it asks for', async () => {
    await goTo('/permissions');
    const asked = await page().run(() => window.askForPermissions());
    expect(asked['notifications']).toBe('denied');
    // A machine without a microphone says that it has none before it says that it is not allowed.
    for (const name of ['geolocation', 'microphone', 'camera', 'clipboardRead', 'midi']) {
      expect([name, asked[name]]).toEqual([
        name,
        expect.stringMatching(/^(NotAllowed|NotFound|Security)Error$/),
      ]);
    }
    expect(await page().run(() => window.queryPermissions())).toEqual({
      notifications: 'denied',
      geolocation: 'denied',
      microphone: 'denied',
      camera: 'denied',
      'clipboard-read': 'denied',
      midi: 'denied',
    });
  });

  it('row 17: a webview is an element like any other', async () => {
    const isWebview = await page().run(() => 'getURL' in document.createElement('webview'));
    expect(isWebview).toBe(false);
  });
});
