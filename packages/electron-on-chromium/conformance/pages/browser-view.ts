/* eslint-disable @typescript-eslint/no-deprecated -- what is deprecated is documented, too */
import assert from 'node:assert/strict';
import { page } from '../page.ts';

export const browserView = page('browser-view', (check) => {
  check(
    'new BrowserView([options])',
    'has contents',
    ({ electron: { BrowserView }, session, afterwards }) => {
      const own = session();
      const view = new BrowserView({ webPreferences: { session: own } });
      afterwards(() => view.webContents.close());
      assert.equal(view.webContents.session, own);
    },
  );
  check(
    'view.setBounds(bounds)',
    'is what getBounds answers',
    ({ electron: { BrowserView }, session, afterwards }) => {
      const view = new BrowserView({ webPreferences: { session: session() } });
      afterwards(() => view.webContents.close());
      view.setBounds({ x: 1, y: 2, width: 3, height: 4 });
      assert.deepEqual(view.getBounds(), { x: 1, y: 2, width: 3, height: 4 });
    },
  );
  check(
    'win.setBrowserView(browserView)',
    'is what getBrowserView answers',
    ({ electron: { BrowserView }, session, window, afterwards }) => {
      const [host, view] = [window(), new BrowserView({ webPreferences: { session: session() } })];
      afterwards(() => view.webContents.close());
      assert.equal(host.getBrowserView(), null);
      host.setBrowserView(view);
      assert.equal(host.getBrowserView(), view);
      assert.equal(host.contentView.children.length >= 1, true);
      host.setBrowserView(null);
      assert.equal(host.getBrowserView(), null);
    },
  );
  check(
    'win.addBrowserView(browserView)',
    'adds; removeBrowserView removes',
    ({ electron: { BrowserView }, session, window, afterwards }) => {
      const own = session();
      const host = window();
      const [one, two] = [
        new BrowserView({ webPreferences: { session: own } }),
        new BrowserView({ webPreferences: { session: own } }),
      ];
      afterwards(() => [one, two].forEach((view) => view.webContents.close()));
      host.addBrowserView(one);
      host.addBrowserView(two);
      assert.deepEqual(host.getBrowserViews(), [one, two]);
      host.setTopBrowserView(one);
      assert.deepEqual(host.getBrowserViews(), [two, one]);
      host.removeBrowserView(two);
      assert.deepEqual(host.getBrowserViews(), [one]);
    },
  );
});
