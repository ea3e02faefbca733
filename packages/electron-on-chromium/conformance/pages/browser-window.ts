import assert from 'node:assert/strict';
import { once } from 'node:events';
import { page } from '../page.ts';

export const browserWindow = page('browser-window', (check) => {
  check("Event: 'ready-to-show'", 'comes once when the page can be shown', async ({ window, site }) => {
    const one = window();
    let count = 0;
    one.on('ready-to-show', () => (count += 1));
    const ready = once(one, 'ready-to-show');
    await one.loadURL(await site({ '/': 'x' }));
    await ready;
    assert.equal(count, 1);
  });
  check("Event: 'page-title-updated'", 'the title becomes the window’s', async ({ window, site, until }) => {
    const one = window();
    await one.loadURL(await site({ '/': '<title>Of the page</title>' }));
    await until(() => one.getTitle() === 'Of the page');
  });
  check(
    "Event: 'page-title-updated'",
    'preventDefault keeps the window’s title',
    async ({ window, site }) => {
      const one = window({ title: 'Kept' });
      one.on('page-title-updated', (event) => event.preventDefault());
      const updated = once(one, 'page-title-updated');
      await one.loadURL(await site({ '/': '<title>Of the page</title>' }));
      await updated;
      assert.equal(one.getTitle(), 'Kept');
    },
  );
  check(
    'BrowserWindow.fromWebContents(webContents)',
    'finds the window',
    ({ electron: { BrowserWindow }, window }) => {
      const one = window();
      assert.equal(BrowserWindow.fromWebContents(one.webContents), one);
    },
  );
  check('BrowserWindow.fromId(id)', 'finds the window', ({ electron: { BrowserWindow }, window }) => {
    const one = window();
    assert.equal(BrowserWindow.fromId(one.id), one);
  });
  check(
    'BrowserWindow.getAllWindows()',
    'has the windows that are open',
    ({ electron: { BrowserWindow }, window }) => {
      const [one, two] = [window(), window()];
      const all = BrowserWindow.getAllWindows();
      assert.ok(all.includes(one) && all.includes(two));
    },
  );
  check('Class: BrowserWindow extends BaseWindow', 'it is one', ({ electron: { BaseWindow }, window }) => {
    assert.ok(window() instanceof BaseWindow);
  });
  check(
    'new BrowserWindow([options])',
    'the page has the size of the window’s content',
    async ({ window, site }) => {
      const one = window({ width: 640, height: 480, useContentSize: true });
      await one.loadURL(await site({ '/': 'x' }));
      assert.deepEqual(one.getContentSize(), [640, 480]);
      assert.deepEqual(await one.webContents.executeJavaScript('[innerWidth, innerHeight]'), [640, 480]);
    },
  );
  check('win.loadFile(filePath[, options])', 'is that of the contents', async ({ window, file }) => {
    const one = window();
    await one.loadFile(await file('a.html', '<title>file</title>'));
    assert.equal(one.webContents.getTitle(), 'file');
  });
  check('win.close()', 'destroys the contents as well', async ({ window, site }) => {
    const one = window();
    await one.loadURL(await site({ '/': 'x' }));
    const contents = one.webContents;
    const destroyed = once(contents, 'destroyed');
    one.close();
    await destroyed;
    assert.equal(contents.isDestroyed(), true);
  });
  check('win.close()', 'a page may want to stay', async ({ window, site }) => {
    const one = window();
    await one.loadURL(
      await site({ '/': '<script>onbeforeunload = (event) => event.preventDefault()</script>' }),
    );
    const asked = once(one.webContents, 'will-prevent-unload');
    await one.webContents.executeJavaScript('0', true);
    one.close();
    await asked;
    assert.equal(one.isDestroyed(), false);
  });
  check(
    'win.focus()',
    'focuses the window that is shown',
    async ({ electron: { BrowserWindow }, window }) => {
      const one = window({ show: true });
      const focused = one.isFocused() ? Promise.resolve() : once(one, 'focus');
      one.focus();
      await focused;
      assert.equal(BrowserWindow.getFocusedWindow(), one);
    },
  );
  check('win.setFullScreen(flag)', 'and isFullScreen agree', async ({ window }) => {
    const one = window({ show: true });
    const entered = once(one, 'enter-full-screen');
    one.setFullScreen(true);
    await entered;
    assert.equal(one.isFullScreen(), true);
  });
  check('win.minimize()', 'and restore change the state', async ({ window }) => {
    const one = window({ show: true });
    const minimized = once(one, 'minimize');
    one.minimize();
    await minimized;
    assert.equal(one.isMinimized(), true);
    const restored = once(one, 'restore');
    one.restore();
    await restored;
    assert.equal(one.isMinimized(), false);
  });
});
