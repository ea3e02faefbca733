import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as Electron from 'electron';
import { page } from '../page.ts';
import type { Stage } from '../stage.ts';

/** Begins a download of twelve bytes in a session of its own; `decide` is its listener of `will-download`. */
async function download(
  { session, window, site }: Stage,
  decide: (event: Electron.Event, item: Electron.DownloadItem) => void,
  slow = false,
): Promise<Electron.DownloadItem> {
  const own = session();
  const url = await site({
    '/': 'x',
    '/file': (_request, response) => {
      response.writeHead(200, {
        'content-type': 'application/x-thing',
        'content-disposition': 'attachment; filename="thing.bin"',
        'content-length': '12',
      });
      response.write('first ');
      if (!slow) response.end('second');
    },
  });
  const { webContents: contents } = window({ webPreferences: { session: own } });
  await contents.loadURL(url);
  const begun = once(own, 'will-download');
  own.on('will-download', decide);
  contents.downloadURL(`${url}file`);
  const [, item] = (await begun) as [unknown, Electron.DownloadItem];
  return item;
}

export const downloadItem = page('download-item', (check) => {
  check('downloadItem.setSavePath(path)', 'is where the file comes to lie', async (stage) => {
    const path = join(await stage.folder(), 'saved.bin');
    const item = await download(stage, (_event, begun) => begun.setSavePath(path));
    assert.equal((await once(item, 'done'))[1], 'completed');
    assert.equal(readFileSync(path, 'utf8'), 'first second');
    assert.equal(item.getSavePath(), path);
  });
  check('downloadItem.savePath', 'can be set as well', async (stage) => {
    const path = join(await stage.folder(), 'saved.bin');
    const item = await download(stage, (_event, begun) => {
      begun.savePath = path;
    });
    await once(item, 'done');
    assert.equal(existsSync(path), true);
    assert.equal(item.savePath, path);
  });
  check('downloadItem.getFilename()', 'and the addresses that it came from', async (stage) => {
    const path = join(await stage.folder(), 'saved.bin');
    const item = await download(stage, (_event, begun) => begun.setSavePath(path));
    await once(item, 'done');
    assert.equal(item.getFilename(), 'thing.bin');
    assert.match(item.getURL(), /\/file$/);
    assert.deepEqual(item.getURLChain(), [item.getURL()]);
  });
  check.differs(
    'DownloadItem.getMimeType',
    'downloadItem.getMimeType()',
    'is what the header says',
    async (stage) => {
      const path = join(await stage.folder(), 'saved.bin');
      const item = await download(stage, (_event, begun) => begun.setSavePath(path));
      await once(item, 'done');
      assert.equal(item.getMimeType(), 'application/x-thing');
    },
  );
  check.differs('DownloadItem.pause', 'downloadItem.pause()', 'pauses the download', async (stage) => {
    const path = join(await stage.folder(), 'saved.bin');
    const item = await download(stage, (_event, begun) => begun.setSavePath(path), true);
    stage.afterwards(() => item.cancel());
    item.pause();
    assert.equal(item.isPaused(), true);
  });
  check('downloadItem.getReceivedBytes()', 'and getTotalBytes count', async (stage) => {
    const path = join(await stage.folder(), 'saved.bin');
    const item = await download(stage, (_event, begun) => begun.setSavePath(path));
    await once(item, 'done');
    assert.deepEqual([item.getReceivedBytes(), item.getTotalBytes()], [12, 12]);
    assert.equal(item.getPercentComplete(), 100);
    assert.ok(Math.abs(item.getStartTime() * 1000 - Date.now()) < 60_000);
  });
  check('downloadItem.getState()', 'goes from progressing to completed', async (stage) => {
    const path = join(await stage.folder(), 'saved.bin');
    let first = '';
    const item = await download(stage, (_event, begun) => {
      begun.setSavePath(path);
      first = begun.getState();
    });
    await once(item, 'done');
    assert.deepEqual([first, item.getState()], ['progressing', 'completed']);
  });
  check("Event: 'will-download'", 'preventDefault cancels the download', async (stage) => {
    const path = join(await stage.folder(), 'never.bin');
    const item = await download(stage, (event, begun) => {
      begun.setSavePath(path);
      event.preventDefault();
    });
    assert.match(item.getURL(), /\/file$/);
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(existsSync(path), false);
  });
  check('downloadItem.cancel()', 'ends the download', async (stage) => {
    const path = join(await stage.folder(), 'cancelled.bin');
    const item = await download(stage, (_event, begun) => begun.setSavePath(path), true);
    const done = once(item, 'done');
    item.cancel();
    assert.equal((await done)[1], 'cancelled');
    assert.equal(item.getState(), 'cancelled');
    assert.equal(existsSync(path), false);
  });
  check("Event: 'updated'", 'is told while data comes', async (stage) => {
    const path = join(await stage.folder(), 'slow.bin');
    const item = await download(stage, (_event, begun) => begun.setSavePath(path), true);
    const [, state] = (await once(item, 'updated')) as unknown[];
    assert.equal(state, 'progressing');
    item.cancel();
  });
  check(
    'downloadItem.setSaveDialogOptions(options)',
    'are what getSaveDialogOptions answers',
    async (stage) => {
      const path = join(await stage.folder(), 'saved.bin');
      const item = await download(stage, (_event, begun) => {
        begun.setSavePath(path);
        begun.setSaveDialogOptions({ title: 'Save the thing' });
      });
      assert.equal(item.getSaveDialogOptions().title, 'Save the thing');
      await once(item, 'done');
    },
  );
});
