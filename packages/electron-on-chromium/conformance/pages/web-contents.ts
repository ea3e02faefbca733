import assert from 'node:assert/strict';
import { once } from 'node:events';
import type * as Electron from 'electron';
import { page } from '../page.ts';

/** Logs the names of events as they come. */
function logOf(contents: Electron.WebContents, events: readonly string[]): string[] {
  const log: string[] = [];
  const emitter: NodeJS.EventEmitter = contents;
  for (const event of events) emitter.on(event, () => void log.push(event));
  return log;
}

export const webContents = page('web-contents', (check) => {
  check('Navigation Events', 'a document load tells its events in order', async ({ window, site }) => {
    const { webContents: contents } = window();
    const names = [
      'did-start-loading',
      'did-start-navigation',
      'did-frame-navigate',
      'did-navigate',
      'dom-ready',
      'did-frame-finish-load',
      'did-finish-load',
      'did-stop-loading',
    ];
    const log = logOf(contents, names);
    const stopped = once(contents, 'did-stop-loading');
    await contents.loadURL(await site({ '/': '<title>order</title>' }));
    await stopped;
    assert.deepEqual([...log].sort(), [...names].sort());
    const inOrder = (...events: string[]) =>
      assert.deepEqual(
        log.filter((event) => events.includes(event)),
        events,
      );
    inOrder('did-start-navigation', 'did-navigate', 'dom-ready', 'did-finish-load', 'did-stop-loading');
    inOrder('did-frame-navigate', 'did-navigate');
    inOrder('did-frame-finish-load', 'did-finish-load');
  });
  check("Event: 'did-start-navigation'", 'has its details on the event', async ({ window, site }) => {
    const { webContents: contents } = window();
    const url = await site({ '/': 'x' });
    const started = once(contents, 'did-start-navigation');
    await contents.loadURL(url);
    const [details] = (await started) as [Electron.Event<Electron.WebContentsDidStartNavigationEventParams>];
    assert.equal(details.url, url);
    assert.equal(details.isSameDocument, false);
    assert.equal(details.isMainFrame, true);
  });
  check("Event: 'did-navigate'", 'tells the address and the status', async ({ window, site }) => {
    const { webContents: contents } = window();
    const url = await site({ '/': (_request, response) => response.writeHead(203).end('x') });
    const navigated = once(contents, 'did-navigate');
    await contents.loadURL(url);
    const [, told, status] = (await navigated) as unknown[];
    assert.deepEqual([told, status], [url, 203]);
  });
  check("Event: 'did-navigate-in-page'", 'is told for a step to an anchor', async ({ page: open }) => {
    const contents = await open('<a id="x" href="#there">there</a>');
    const moved = once(contents, 'did-navigate-in-page');
    await contents.executeJavaScript('document.getElementById("x").click()');
    const [, url, isMainFrame] = (await moved) as unknown[];
    assert.deepEqual([url, isMainFrame], [`${contents.getURL().split('#')[0] ?? ''}#there`, true]);
  });
  check("Event: 'will-navigate'", 'preventDefault keeps the page', async ({ window, site, until }) => {
    const { webContents: contents } = window();
    const asked: string[] = [];
    const url = await site({
      '/': '<title>here</title>',
      '/there': (request, response) => {
        asked.push(String(request.url));
        response.end('x');
      },
    });
    await contents.loadURL(url);
    let refused = '';
    contents.on('will-navigate', (event) => {
      refused = event.url;
      event.preventDefault();
    });
    await contents.executeJavaScript('location.href = "/there"; 0');
    await until(() => refused !== '');
    assert.equal(refused, `${url}there`);
    assert.equal(contents.getURL(), url);
    assert.deepEqual(asked, []);
  });
  check("Event: 'will-navigate'", 'is not told for loadURL', async ({ window, site }) => {
    const { webContents: contents } = window();
    const log = logOf(contents, ['will-navigate']);
    await contents.loadURL(await site({ '/': 'x' }));
    assert.deepEqual(log, []);
  });
  check("Event: 'will-navigate'", 'is not told for steps inside the page', async ({ page: open }) => {
    const contents = await open('x');
    const log = logOf(contents, ['will-navigate']);
    const moved = once(contents, 'did-navigate-in-page');
    await contents.executeJavaScript('location.hash = "a"; 0');
    await moved;
    assert.deepEqual(log, []);
  });
  check("Event: 'will-frame-navigate'", 'is told for subframes, too', async ({ page: open }) => {
    const contents = await open('<iframe srcdoc="x"></iframe>');
    const asked = once(contents, 'will-frame-navigate');
    await contents.executeJavaScript('frames[0].location.href = "/inner"; 0');
    const [details] = (await asked) as [Electron.Event<Electron.WebContentsWillFrameNavigateEventParams>];
    assert.equal(details.isMainFrame, false);
    assert.match(details.url, /\/inner$/);
  });
  check("Event: 'will-redirect'", 'preventDefault stops the navigation', async ({ window, site }) => {
    const { webContents: contents } = window();
    const url = await site({
      '/': (_request, response) => response.writeHead(302, { location: '/there' }).end(),
      '/there': 'there',
    });
    let target = '';
    contents.on('will-redirect', (event) => {
      target = event.url;
      event.preventDefault();
    });
    await assert.rejects(contents.loadURL(url), /ERR_ABORTED/);
    assert.equal(target, `${url}there`);
  });
  check("Event: 'did-redirect-navigation'", 'tells where a redirect went', async ({ window, site }) => {
    const { webContents: contents } = window();
    const url = await site({
      '/': (_request, response) => response.writeHead(302, { location: '/there' }).end(),
      '/there': 'there',
    });
    const redirected = once(contents, 'did-redirect-navigation');
    await contents.loadURL(url);
    const [details] = (await redirected) as [
      Electron.Event<Electron.WebContentsDidRedirectNavigationEventParams>,
    ];
    assert.equal(details.url, `${url}there`);
    assert.equal(contents.getURL(), `${url}there`);
  });
  check("Event: 'did-fail-load'", 'tells the code, its name and the address', async ({ window }) => {
    const { webContents: contents } = window();
    const failed = once(contents, 'did-fail-load');
    await assert.rejects(contents.loadURL('http://127.0.0.1:1/'));
    const [, code, description, url, isMainFrame] = (await failed) as unknown[];
    // Port 1 is among those that Chromium never asks.
    assert.deepEqual(
      [code, description, url, isMainFrame],
      [-312, 'ERR_UNSAFE_PORT', 'http://127.0.0.1:1/', true],
    );
  });
  check(
    "Event: 'page-title-updated'",
    'tells the title and whether the page said it',
    async ({ window, site }) => {
      const { webContents: contents } = window();
      const url = await site({ '/': '<title>The title</title>' });
      const updated = once(contents, 'page-title-updated');
      await contents.loadURL(url);
      const [, title, explicit] = (await updated) as unknown[];
      assert.deepEqual([title, explicit], ['The title', true]);
      assert.equal(contents.getTitle(), 'The title');
    },
  );
  check("Event: 'page-favicon-updated'", 'tells the addresses of icons', async ({ window, site }) => {
    const { webContents: contents } = window();
    const url = await site({ '/': '<link rel="icon" href="/icon.png">' });
    const updated = once(contents, 'page-favicon-updated');
    await contents.loadURL(url);
    assert.deepEqual((await updated)[1], [`${url}icon.png`]);
  });
  check("Event: 'console-message'", 'tells what a page logs', async ({ page: open }) => {
    const contents = await open('x');
    const logged = once(contents, 'console-message');
    await contents.executeJavaScript('console.warn("careful"); 0');
    const [details] = (await logged) as [Electron.Event<Electron.WebContentsConsoleMessageEventParams>];
    assert.equal(details.message, 'careful');
    assert.equal(details.level, 'warning');
  });
  check("Event: 'will-prevent-unload'", 'a page that wants to stay, stays', async ({ page: open }) => {
    const contents = await open('<script>onbeforeunload = (event) => event.preventDefault()</script>');
    const asked = once(contents, 'will-prevent-unload');
    await contents.executeJavaScript('0', true);
    contents.close({ waitForBeforeUnload: true });
    await asked;
    assert.equal(contents.isDestroyed(), false);
  });
  check("Event: 'will-prevent-unload'", 'preventDefault ignores the page’s wish', async ({ page: open }) => {
    const contents = await open('<script>onbeforeunload = (event) => event.preventDefault()</script>');
    contents.on('will-prevent-unload', (event) => event.preventDefault());
    const destroyed = once(contents, 'destroyed');
    await contents.executeJavaScript('0', true);
    contents.close({ waitForBeforeUnload: true });
    await destroyed;
    assert.equal(contents.isDestroyed(), true);
  });
  check("Event: 'render-process-gone'", 'is told when the renderer crashes', async ({ page: open }) => {
    const contents = await open('x');
    const gone = once(contents, 'render-process-gone');
    contents.forcefullyCrashRenderer();
    const [, details] = (await gone) as [unknown, Electron.RenderProcessGoneDetails];
    assert.ok(['crashed', 'killed'].includes(details.reason), details.reason);
    assert.equal(contents.isCrashed(), true);
    const loaded = once(contents, 'did-finish-load');
    contents.reload();
    await loaded;
    assert.equal(contents.isCrashed(), false);
  });
  check("Event: 'context-menu'", 'tells what was clicked', async ({ page: open }) => {
    const contents = await open('<a href="/linked" style="position:fixed;inset:0">link</a>');
    const opened = once(contents, 'context-menu');
    for (const type of ['mouseDown', 'mouseUp'] as const)
      contents.sendInputEvent({ type, x: 20, y: 20, button: 'right', clickCount: 1 });
    const [, params] = (await opened) as [unknown, Electron.ContextMenuParams];
    assert.equal(params.linkURL, `${contents.getURL()}linked`);
    assert.equal(params.linkText, 'link');
    assert.deepEqual([params.x, params.y, params.mediaType, params.isEditable], [20, 20, 'none', false]);
  });
  check("Event: 'before-input-event'", 'tells a key before the page has it', async ({ page: open }) => {
    const contents = await open('<script>keys = []; onkeydown = (event) => keys.push(event.key)</script>');
    const pressed = once(contents, 'before-input-event');
    contents.focus();
    contents.sendInputEvent({ type: 'keyDown', keyCode: 'A' });
    const [, input] = (await pressed) as [unknown, Electron.Input];
    assert.equal(input.type, 'keyDown');
    assert.equal(input.key.toLowerCase(), 'a');
    assert.equal(input.code, 'KeyA');
  });
  check(
    "Event: 'before-input-event'",
    'preventDefault keeps the key from the page',
    async ({ page: open }) => {
      const contents = await open('<script>keys = []; onkeyup = (event) => keys.push(event.key)</script>');
      contents.on('before-input-event', (event, { code }) => {
        if (code === 'KeyA') event.preventDefault();
      });
      contents.focus();
      for (const keyCode of ['A', 'B'])
        for (const type of ['keyDown', 'keyUp'] as const) contents.sendInputEvent({ type, keyCode });
      assert.equal(
        await contents.executeJavaScript(
          'new Promise((resolve) => { const look = () => keys.length > 0 ? resolve(keys.join().toLowerCase()) : setTimeout(look, 10); look(); })',
        ),
        'b',
      );
    },
  );
  check('contents.loadURL(url[, options])', 'resolves when the page has loaded', async ({ window, site }) => {
    const { webContents: contents } = window();
    const log = logOf(contents, ['did-finish-load']);
    await contents.loadURL(await site({ '/': 'x' }));
    assert.deepEqual(log, ['did-finish-load']);
  });
  check('contents.loadURL(url[, options])', 'rejects with the error’s code', async ({ window }) => {
    const { webContents: contents } = window();
    const url = 'https://127.0.0.1:1/';
    await assert.rejects(contents.loadURL(url), {
      code: 'ERR_UNSAFE_PORT',
      errno: -312,
      url,
      message: `ERR_UNSAFE_PORT (-312) loading '${url}'`,
    });
  });
  check(
    'contents.loadURL(url[, options])',
    'rejects with ERR_ABORTED when another load comes',
    async ({ window, site }) => {
      const { webContents: contents } = window();
      const url = await site({ '/': () => undefined, '/second': 'second' });
      const first = contents.loadURL(url);
      const rejected = assert.rejects(first, { message: `ERR_ABORTED (-3) loading '${url}'` });
      await contents.loadURL(`${url}second`);
      await rejected;
    },
  );
  check('contents.loadURL(url[, options])', 'rejects what is no address', async ({ window }) => {
    await assert.rejects(window().webContents.loadURL('no address'), /ERR_INVALID_URL|ERR_FAILED/);
  });
  check('contents.loadURL(url[, options])', 'sends the referrer', async ({ window, site }) => {
    let referrer: string | undefined;
    const url = await site({
      '/': (request, response) => {
        referrer = request.headers.referer;
        response.end('x');
      },
    });
    await window().webContents.loadURL(url, { httpReferrer: 'http://127.0.0.1/from' });
    assert.ok(referrer?.startsWith('http://127.0.0.1/'), referrer);
  });
  check(
    'contents.loadURL(url[, options])',
    'sends the user agent and extra headers',
    async ({ window, site }) => {
      let seen: unknown[] = [];
      const url = await site({
        '/': ({ headers }, response) => {
          seen = [headers['user-agent'], headers['x-extra'], headers['x-more']];
          response.end('x');
        },
      });
      await window().webContents.loadURL(url, {
        userAgent: 'Special/1',
        extraHeaders: 'X-Extra: 1\nX-More: 2',
      });
      assert.deepEqual(seen, ['Special/1', '1', '2']);
    },
  );
  check(
    'contents.loadFile(filePath[, options])',
    'loads a file with query and hash',
    async ({ window, file }) => {
      const { webContents: contents } = window();
      const path = await file('page.html', '<title>file</title>');
      await contents.loadFile(path, { query: { a: '1' }, hash: 'there' });
      assert.equal(contents.getTitle(), 'file');
      assert.match(contents.getURL(), /^file:\/\/.*page\.html\?a=1#there$/);
    },
  );
  check('contents.getURL()', 'is the address of the page', async ({ window, site }) => {
    const { webContents: contents } = window();
    assert.equal(contents.getURL(), '');
    const url = await site({ '/': 'x' });
    await contents.loadURL(url);
    assert.equal(contents.getURL(), url);
  });
  check('contents.getTitle()', 'is the title of the page', async ({ page: open }) => {
    assert.equal((await open('<title>A title</title>')).getTitle(), 'A title');
  });
  check('contents.isLoading()', 'is true during a load', async ({ window, site }) => {
    const { webContents: contents } = window();
    const url = await site({ '/': 'x' });
    const started = once(contents, 'did-start-loading');
    const loaded = contents.loadURL(url);
    await started;
    assert.equal(contents.isLoading(), true);
    await loaded;
  });
  check('contents.stop()', 'ends a load that is under way', async ({ window, site }) => {
    const { webContents: contents } = window();
    const url = await site({ '/': () => undefined });
    const started = once(contents, 'did-start-navigation');
    const loading = assert.rejects(contents.loadURL(url), /ERR_ABORTED/);
    await started;
    contents.stop();
    await loading;
  });
  check('contents.reload()', 'requests the page again', async ({ window, site }) => {
    const { webContents: contents } = window();
    let count = 0;
    const url = await site({ '/': (_request, response) => response.end(`<title>${(count += 1)}</title>`) });
    await contents.loadURL(url);
    const loaded = once(contents, 'did-finish-load');
    contents.reload();
    await loaded;
    assert.equal(count, 2);
  });
  const script = 'contents.executeJavaScript(code[, userGesture])';
  check(script, 'resolves with the result', async ({ page: open }) => {
    const contents = await open('x');
    assert.deepEqual(await contents.executeJavaScript('({ a: [1, "b", null] })'), { a: [1, 'b', null] });
  });
  check(script, 'waits for a promise', async ({ page: open }) => {
    const contents = await open('x');
    assert.equal(
      await contents.executeJavaScript('new Promise((resolve) => setTimeout(() => resolve(5), 5))'),
      5,
    );
  });
  check(script, 'rejects when the promise does', async ({ page: open }) => {
    const contents = await open('x');
    await assert.rejects(contents.executeJavaScript('Promise.reject(new Error("no"))'), /no/);
  });
  check(script, 'results are structured clones', async ({ page: open }) => {
    const contents = await open('x');
    assert.deepEqual(
      await contents.executeJavaScript('[new Date(1), new Map([[1, 2]]), new Set([3]), undefined, 4n]'),
      [new Date(1), new Map([[1, 2]]), new Set([3]), undefined, 4n],
    );
  });
  check(script, 'waits for the page that is loading', async ({ window, site }) => {
    const { webContents: contents } = window();
    const url = await site({ '/': '<title>late</title>' });
    const loaded = contents.loadURL(url);
    assert.equal(await contents.executeJavaScript('document.title'), 'late');
    await loaded;
  });
  check(
    'contents.executeJavaScriptInIsolatedWorld(worldId, scripts[, userGesture])',
    'has globals of its own',
    async ({ page: open }) => {
      const contents = await open('<title>shared</title><script>mine = 1</script>');
      assert.deepEqual(
        await contents.executeJavaScriptInIsolatedWorld(1001, [{ code: '[document.title, typeof mine]' }]),
        ['shared', 'undefined'],
      );
    },
  );
  check(
    'contents.insertCSS(css[, options])',
    'changes the page, until it is removed',
    async ({ page: open }) => {
      const contents = await open('<body>x');
      const colour = 'getComputedStyle(document.body).backgroundColor';
      const before: unknown = await contents.executeJavaScript(colour);
      const key = await contents.insertCSS('body { background-color: rgb(1, 2, 3) }');
      assert.equal(typeof key, 'string');
      assert.equal(await contents.executeJavaScript(colour), 'rgb(1, 2, 3)');
      await contents.removeInsertedCSS(key);
      assert.equal(await contents.executeJavaScript(colour), before);
    },
  );
  check('contents.insertText(text)', 'types into the focused element', async ({ page: open }) => {
    const contents = await open('<input id="field">');
    contents.focus();
    await contents.executeJavaScript('field.focus()');
    await contents.insertText('typed');
    assert.equal(await contents.executeJavaScript('field.value'), 'typed');
  });
  check('contents.findInPage(text[, options])', 'counts matches in found-in-page', async ({ page: open }) => {
    const contents = await open('<p>needle hay needle hay NEEDLE');
    const requestId = await new Promise<[number, Electron.Result]>((resolve) => {
      contents.on('found-in-page', (_event, result) => {
        if (result.finalUpdate) resolve([id, result]);
      });
      const id = contents.findInPage('needle');
    });
    assert.equal(requestId[1].requestId, requestId[0]);
    assert.equal(requestId[1].matches, 3);
    assert.equal(requestId[1].activeMatchOrdinal, 1);
    contents.stopFindInPage('clearSelection');
  });
  check('contents.findInPage(text[, options])', 'matchCase looks at the case', async ({ page: open }) => {
    const contents = await open('<p>needle NEEDLE');
    const result = await new Promise<Electron.Result>((resolve) => {
      contents.on('found-in-page', (_event, found) => {
        if (found.finalUpdate) resolve(found);
      });
      contents.findInPage('needle', { matchCase: true });
    });
    assert.equal(result.matches, 1);
    contents.stopFindInPage('clearSelection');
  });
  check('contents.findInPage(text[, options])', 'the text cannot be empty', async ({ page: open }) => {
    const contents = await open('x');
    assert.throws(() => contents.findInPage(''), /Must provide a non-empty search content/);
  });
  check('contents.setZoomFactor(factor)', 'is what getZoomFactor answers', async ({ page: open, until }) => {
    const contents = await open('x');
    contents.setZoomFactor(2);
    await until(() => contents.getZoomFactor() === 2);
    contents.setZoomFactor(1);
  });
  check('contents.setZoomFactor(factor)', 'refuses what is not greater than 0', async ({ page: open }) => {
    const contents = await open('x');
    assert.throws(() => contents.setZoomFactor(0), /'zoomFactor' must be a double greater than 0.0/);
  });
  check('contents.setZoomLevel(level)', 'each level is 20% more', async ({ page: open }) => {
    const contents = await open('x');
    contents.setZoomLevel(1);
    assert.ok(Math.abs(contents.getZoomFactor() - 1.2) < 0.001);
    assert.ok(Math.abs(contents.getZoomLevel() - 1) < 0.001);
    contents.setZoomLevel(0);
  });
  check('contents.setAudioMuted(muted)', 'is what isAudioMuted answers', ({ window }) => {
    const { webContents: contents } = window();
    assert.equal(contents.isAudioMuted(), false);
    contents.setAudioMuted(true);
    assert.equal(contents.isAudioMuted(), true);
    assert.equal(contents.audioMuted, true);
  });
  check.differs(
    'WebContents.isCurrentlyAudible',
    'contents.isCurrentlyAudible()',
    'is false for a silent page',
    async ({ page: open }) => {
      assert.equal((await open('x')).isCurrentlyAudible(), false);
    },
  );
  check('contents.setUserAgent(userAgent)', 'is sent and told to the page', async ({ window, site }) => {
    const { webContents: contents } = window();
    let sent: string | undefined;
    const url = await site({
      '/': ({ headers }, response) => {
        sent = headers['user-agent'];
        response.end('x');
      },
    });
    contents.setUserAgent('Mine/2');
    assert.equal(contents.getUserAgent(), 'Mine/2');
    await contents.loadURL(url);
    assert.equal(sent, 'Mine/2');
    assert.equal(await contents.executeJavaScript('navigator.userAgent'), 'Mine/2');
  });
  check('contents.capturePage([rect, opts])', 'is a picture of the page', async ({ window, site }) => {
    const one = window({ show: true });
    await one.loadURL(await site({ '/': '<body style="background:rgb(0,128,0)">' }));
    const image = await one.webContents.capturePage({ x: 10, y: 10, width: 20, height: 10 });
    assert.equal(image.getAspectRatio(), 2);
    const [blue, green, red] = image.toBitmap();
    assert.deepEqual([red, green, blue], [0, 128, 0]);
  });
  check('contents.sendInputEvent(inputEvent)', 'clicks where it says', async ({ page: open, until }) => {
    const contents = await open(
      '<body style="margin:0"><button style="width:200px;height:200px" onclick="document.title=event.clientX+\',\'+event.clientY">',
    );
    for (const type of ['mouseDown', 'mouseUp'] as const)
      contents.sendInputEvent({ type, x: 50, y: 60, button: 'left', clickCount: 1 });
    await until(() => contents.getTitle() === '50,60');
  });
  check('contents.sendInputEvent(inputEvent)', 'types characters', async ({ page: open }) => {
    const contents = await open('<input id="field">');
    contents.focus();
    await contents.executeJavaScript('field.focus()');
    for (const type of ['keyDown', 'char', 'keyUp'] as const) contents.sendInputEvent({ type, keyCode: 'x' });
    assert.equal(
      await contents.executeJavaScript(
        'new Promise((resolve) => { const look = () => field.value !== "" ? resolve(field.value) : setTimeout(look, 10); look(); })',
      ),
      'x',
    );
  });
  check(
    'contents.setWindowOpenHandler(handler)',
    'is asked with the details; deny opens nothing',
    async ({ electron: { BrowserWindow }, page: open }) => {
      const contents = await open('x');
      const before = BrowserWindow.getAllWindows().length;
      const asked = new Promise<Electron.HandlerDetails>((resolve) =>
        contents.setWindowOpenHandler((details) => {
          resolve(details);
          return { action: 'deny' };
        }),
      );
      await contents.executeJavaScript('window.open("/popup", "named", "width=200,height=100"); 0', true);
      const { url, frameName, features, disposition } = await asked;
      assert.deepEqual(
        { url, frameName, features, disposition },
        {
          url: `${contents.getURL()}popup`,
          frameName: 'named',
          features: 'width=200,height=100',
          disposition: 'new-window',
        },
      );
      assert.equal(BrowserWindow.getAllWindows().length, before);
    },
  );
  check.differs(
    'WebContents.setWindowOpenHandler',
    'contents.setWindowOpenHandler(handler)',
    'window.open returns null when it was denied',
    async ({ page: open }) => {
      const contents = await open('x');
      contents.setWindowOpenHandler(() => ({ action: 'deny' }));
      assert.equal(await contents.executeJavaScript('window.open("/popup")', true), null);
    },
  );
  check(
    "Event: 'did-create-window'",
    'an allowed window keeps its opener',
    async ({ page: open, afterwards }) => {
      const contents = await open('x');
      contents.setWindowOpenHandler(() => ({
        action: 'allow',
        overrideBrowserWindowOptions: { show: false },
      }));
      const created = once(contents, 'did-create-window');
      await contents.executeJavaScript('window.child = window.open("about:blank", "child"); 0', true);
      const [child, details] = (await created) as [Electron.BrowserWindow, Electron.DidCreateWindowDetails];
      afterwards(() => child.destroy());
      assert.equal(details.frameName, 'child');
      assert.equal(await child.webContents.executeJavaScript('window.opener !== null'), true);
    },
  );
  check('contents.close([opts])', 'destroys the contents without asking the page', async ({ page: open }) => {
    const contents = await open('<script>onbeforeunload = (event) => event.preventDefault()</script>');
    const log = logOf(contents, ['will-prevent-unload']);
    const destroyed = once(contents, 'destroyed');
    contents.close();
    await destroyed;
    assert.deepEqual(log, []);
  });
  check('contents.send(channel, ...args)', 'refuses what cannot be cloned', async ({ page: open }) => {
    const contents = await open('x');
    assert.throws(
      () => contents.send('channel', () => undefined),
      /An object could not be cloned|Failed to serialize arguments/,
    );
  });
  check(
    'contents.postMessage(channel, message, [transfer])',
    'moves ports to the renderer',
    async ({ electron: { MessageChannelMain }, preloaded }) => {
      const contents = await preloaded(`
      require('electron').ipcRenderer.on('port', ({ ports: [port] }, message) => {
        port.onmessage = ({ data }) => port.postMessage([message, data]);
      });`);
      const { port1, port2 } = new MessageChannelMain();
      contents.postMessage('port', 'hello', [port1]);
      const answered = once(port2, 'message');
      port2.start();
      port2.postMessage('ping');
      const [answer] = (await answered) as [Electron.MessageEvent];
      assert.deepEqual(answer.data, ['hello', 'ping']);
    },
  );
  check('contents.ipc', 'hears messages of this contents only', async ({ preloaded }) => {
    const asking = `
      const { contextBridge, ipcRenderer } = require('electron');
      contextBridge.exposeInMainWorld('ask', () => ipcRenderer.invoke('mine').catch(() => 'refused'));`;
    const [one, other] = [await preloaded(asking), await preloaded(asking)];
    one.ipc.handle('mine', () => 'answered');
    assert.equal(await one.executeJavaScript('ask()'), 'answered');
    assert.equal(await other.executeJavaScript('ask()'), 'refused');
  });
  check('contents.id', 'is a number of its own, that fromId knows', ({ electron, window }) => {
    const [one, two] = [window().webContents, window().webContents];
    assert.notEqual(one.id, two.id);
    assert.equal(electron.webContents.fromId(one.id), one);
  });
  check('webContents.getAllWebContents()', 'has each of them', ({ electron, window }) => {
    const { webContents: contents } = window();
    assert.ok(electron.webContents.getAllWebContents().includes(contents));
  });
  check(
    'contents.session',
    'is the default session, or that of the preferences',
    ({ electron, window, session }) => {
      const own = session();
      assert.equal(window().webContents.session, electron.session.defaultSession);
      assert.equal(window({ webPreferences: { session: own } }).webContents.session, own);
    },
  );
  check('contents.getType()', 'is window for a window’s contents', ({ window }) => {
    assert.equal(window().webContents.getType(), 'window');
  });
  check("Event: 'login'", 'the callback’s name and password are sent', async ({ window, site }) => {
    const { webContents: contents } = window();
    const url = await site({
      '/': ({ headers }, response) => {
        if (headers.authorization === undefined)
          response.writeHead(401, { 'www-authenticate': 'Basic realm="the realm"' }).end('who?');
        else
          response.end(`<title>${Buffer.from(headers.authorization.slice(6), 'base64').toString()}</title>`);
      },
    });
    let told: Electron.AuthInfo | undefined;
    contents.on('login', (event, _details, authInfo, callback) => {
      event.preventDefault();
      told = authInfo;
      callback('me', 'secret');
    });
    await contents.loadURL(url);
    assert.equal(contents.getTitle(), 'me:secret');
    assert.deepEqual(told, {
      isProxy: false,
      scheme: 'basic',
      host: '127.0.0.1',
      port: Number(new URL(url).port),
      realm: 'the realm',
    });
  });
  check("Event: 'login'", 'without a listener the authentication is cancelled', async ({ window, site }) => {
    const { webContents: contents } = window();
    const url = await site({
      '/': (_request, response) =>
        response
          .writeHead(401, { 'www-authenticate': 'Basic realm="r"', 'content-type': 'text/html' })
          .end('<title>who are you</title>'),
    });
    await contents.loadURL(url);
    assert.equal(contents.getTitle(), 'who are you');
  });
  check(
    'contents.downloadURL(url[, options])',
    'tells will-download, without a navigation',
    async ({ window, site, session }) => {
      const own = session();
      const { webContents: contents } = window({ webPreferences: { session: own } });
      const url = await site({ '/': 'x', '/file.bin': (_request, response) => response.end('content') });
      await contents.loadURL(url);
      const begun = once(own, 'will-download');
      own.on('will-download', (event) => event.preventDefault());
      contents.downloadURL(`${url}file.bin`);
      const [, item] = (await begun) as [unknown, Electron.DownloadItem];
      assert.equal(item.getURL(), `${url}file.bin`);
      assert.equal(contents.getURL(), url);
    },
  );
});
