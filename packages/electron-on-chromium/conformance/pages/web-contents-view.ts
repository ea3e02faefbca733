import assert from 'node:assert/strict';
import { once } from 'node:events';
import { page } from '../page.ts';

export const webContentsView = page('web-contents-view', (check) => {
  check(
    'new WebContentsView([options])',
    'is a View with contents',
    ({ electron: { View, WebContentsView }, afterwards }) => {
      const one = new WebContentsView();
      afterwards(() => one.webContents.close());
      assert.ok(one instanceof View);
      assert.equal(one.webContents.isDestroyed(), false);
    },
  );
  check(
    'new WebContentsView([options])',
    'webPreferences are those of its contents',
    ({ electron: { WebContentsView }, session, afterwards }) => {
      const own = session();
      const one = new WebContentsView({ webPreferences: { session: own } });
      afterwards(() => one.webContents.close());
      assert.equal(one.webContents.session, own);
    },
  );
  check(
    'view.webContents',
    'has the size of the view',
    async ({ electron: { WebContentsView }, window, session, site, until, afterwards }) => {
      const host = window({ show: true });
      const one = new WebContentsView({ webPreferences: { session: session() } });
      afterwards(() => one.webContents.close());
      host.contentView.addChildView(one);
      one.setBounds({ x: 10, y: 10, width: 123, height: 45 });
      await one.webContents.loadURL(await site({ '/': 'x' }));
      await until(async () => {
        const size: unknown = await one.webContents.executeJavaScript('innerWidth + "x" + innerHeight');
        return size === '123x45';
      });
    },
  );
  check(
    'view.webContents',
    'lives on when the view is removed',
    async ({ electron: { WebContentsView }, window, session, site, afterwards }) => {
      const host = window({ show: true });
      const one = new WebContentsView({ webPreferences: { session: session() } });
      afterwards(() => one.webContents.close());
      host.contentView.addChildView(one);
      await one.webContents.loadURL(await site({ '/': '<title>alive</title>' }));
      host.contentView.removeChildView(one);
      assert.equal(await one.webContents.executeJavaScript('document.title'), 'alive');
    },
  );
  check('view.webContents', 'close destroys it', async ({ electron: { WebContentsView }, session }) => {
    const { webContents } = new WebContentsView({ webPreferences: { session: session() } });
    const destroyed = once(webContents, 'destroyed');
    webContents.close();
    await destroyed;
    assert.equal(webContents.isDestroyed(), true);
  });
});
