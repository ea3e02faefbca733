import assert from 'node:assert/strict';
import { once } from 'node:events';
import type * as Electron from 'electron';
import { page } from '../page.ts';
import type { Stage } from '../stage.ts';

/** Contents that have visited `/1`, `/2` and `/3`, and the address of their site. */
async function threePages({ window, site }: Stage): Promise<[Electron.WebContents, string]> {
  const url = await site({
    '/1': '<title>one</title>',
    '/2': '<title>two</title>',
    '/3': '<title>three</title>',
  });
  const { webContents } = window();
  for (const path of ['1', '2', '3']) await webContents.loadURL(url + path);
  return [webContents, url];
}

async function loaded(contents: Electron.WebContents, go: () => void): Promise<void> {
  const finished = once(contents, 'did-finish-load');
  go();
  await finished;
}

export const navigationHistory = page('navigation-history', (check) => {
  check('navigationHistory.length()', 'counts the entries', async (stage) => {
    const [{ navigationHistory }] = await threePages(stage);
    assert.equal(navigationHistory.length(), 3);
  });
  check('navigationHistory.getActiveIndex()', 'is the index of the current page', async (stage) => {
    const [{ navigationHistory }] = await threePages(stage);
    assert.equal(navigationHistory.getActiveIndex(), 2);
  });
  check('navigationHistory.getAllEntries()', 'has addresses and titles', async (stage) => {
    const [{ navigationHistory }, url] = await threePages(stage);
    assert.deepEqual(
      navigationHistory.getAllEntries().map(({ url: at, title }) => [at, title]),
      [
        [`${url}1`, 'one'],
        [`${url}2`, 'two'],
        [`${url}3`, 'three'],
      ],
    );
  });
  check('navigationHistory.getEntryAtIndex(index)', 'is the entry there, or null', async (stage) => {
    const [{ navigationHistory }, url] = await threePages(stage);
    assert.equal(navigationHistory.getEntryAtIndex(1).url, `${url}2`);
    assert.equal(navigationHistory.getEntryAtIndex(9), null);
  });
  check('navigationHistory.canGoBack()', 'and canGoForward, canGoToOffset', async (stage) => {
    const [{ navigationHistory }] = await threePages(stage);
    assert.deepEqual(
      [
        navigationHistory.canGoBack(),
        navigationHistory.canGoForward(),
        navigationHistory.canGoToOffset(-2),
        navigationHistory.canGoToOffset(-3),
      ],
      [true, false, true, false],
    );
  });
  check('navigationHistory.goBack()', 'goes to the page before', async (stage) => {
    const [contents, url] = await threePages(stage);
    await loaded(contents, () => contents.navigationHistory.goBack());
    assert.equal(contents.getURL(), `${url}2`);
    assert.equal(contents.navigationHistory.canGoForward(), true);
  });
  check('navigationHistory.goForward()', 'goes to the page after', async (stage) => {
    const [contents, url] = await threePages(stage);
    await loaded(contents, () => contents.navigationHistory.goBack());
    await loaded(contents, () => contents.navigationHistory.goForward());
    assert.equal(contents.getURL(), `${url}3`);
  });
  check('navigationHistory.goToIndex(index)', 'goes to the entry', async (stage) => {
    const [contents, url] = await threePages(stage);
    await loaded(contents, () => contents.navigationHistory.goToIndex(0));
    assert.equal(contents.getURL(), `${url}1`);
    assert.equal(contents.navigationHistory.getActiveIndex(), 0);
  });
  check('navigationHistory.goToOffset(offset)', 'counts from the current entry', async (stage) => {
    const [contents, url] = await threePages(stage);
    await loaded(contents, () => contents.navigationHistory.goToOffset(-2));
    assert.equal(contents.getURL(), `${url}1`);
  });
  check('navigationHistory.clear()', 'leaves the current page', async (stage) => {
    const [{ navigationHistory }] = await threePages(stage);
    navigationHistory.clear();
    assert.equal(navigationHistory.length(), 1);
    assert.equal(navigationHistory.canGoBack(), false);
  });
  check.differs(
    'NavigationHistory.removeEntryAtIndex',
    'navigationHistory.removeEntryAtIndex(index)',
    'removes an entry',
    async (stage) => {
      const [{ navigationHistory }] = await threePages(stage);
      assert.equal(navigationHistory.removeEntryAtIndex(0), true);
      assert.equal(navigationHistory.length(), 2);
    },
  );
  check(
    'navigationHistory.restore(options)',
    'brings a list back and loads its page',
    async ({ window, site }) => {
      const asked: string[] = [];
      const answer =
        (title: string) =>
        ({ url: path }: { url?: string | undefined }, response: { end(text: string): void }) => {
          asked.push(String(path));
          response.end(`<title>${title}</title>`);
        };
      const url = await site({ '/1': answer('one'), '/2': answer('two'), '/3': answer('three') });
      const { webContents: contents } = window();
      const entries = ['1', '2', '3'].map((path) => ({ url: url + path, title: `old ${path}` }));
      await contents.navigationHistory.restore({ entries, index: 1 });
      assert.equal(contents.getURL(), `${url}2`);
      assert.equal(contents.navigationHistory.length(), 3);
      assert.equal(contents.navigationHistory.getActiveIndex(), 1);
      assert.deepEqual(
        asked.filter((path) => path !== '/favicon.ico'),
        ['/2'],
      );
    },
  );
  check(
    'navigationHistory.restore(options)',
    'without an index, the last entry is loaded',
    async ({ window, site }) => {
      const url = await site({ '/1': 'one', '/2': 'two' });
      const { webContents: contents } = window();
      await contents.navigationHistory.restore({
        entries: ['1', '2'].map((path) => ({ url: url + path, title: path })),
      });
      assert.equal(contents.getURL(), `${url}2`);
    },
  );
});
