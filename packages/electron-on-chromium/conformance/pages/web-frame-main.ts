import assert from 'node:assert/strict';
import { page } from '../page.ts';

const nested = '<title>top</title><iframe name="inner" srcdoc="<title>inner</title>"></iframe>';

export const webFrameMain = page('web-frame-main', (check) => {
  check('frame.url', 'is the address of the frame', async ({ page: open }) => {
    const contents = await open('x');
    assert.equal(contents.mainFrame.url, contents.getURL());
  });
  check('frame.origin', 'is the origin of the frame', async ({ page: open }) => {
    const contents = await open('x');
    assert.equal(contents.mainFrame.origin, new URL(contents.getURL()).origin);
  });
  check('frame.frames', 'are its direct children', async ({ page: open }) => {
    const { mainFrame } = await open(nested);
    assert.deepEqual(
      mainFrame.frames.map(({ name, url }) => [name, url]),
      [['inner', 'about:srcdoc']],
    );
  });
  check('frame.framesInSubtree', 'begin with the frame itself', async ({ page: open }) => {
    const { mainFrame } = await open(nested);
    assert.equal(mainFrame.framesInSubtree.length, 2);
    assert.equal(mainFrame.framesInSubtree[0], mainFrame);
  });
  check('frame.parent', 'and top lead to the main frame', async ({ page: open }) => {
    const { mainFrame } = await open(nested);
    const [inner] = mainFrame.frames;
    assert.equal(inner?.parent, mainFrame);
    assert.equal(inner.top, mainFrame);
    assert.equal(mainFrame.parent, null);
    assert.equal(mainFrame.top, mainFrame);
  });
  check('frame.executeJavaScript(code[, userGesture])', 'runs in the frame', async ({ page: open }) => {
    const { mainFrame } = await open(nested);
    assert.equal(await mainFrame.executeJavaScript('document.title'), 'top');
    assert.equal(await mainFrame.frames[0]?.executeJavaScript('document.title'), 'inner');
  });
  check('frame.detached', 'is true when the frame has gone', async ({ page: open, until }) => {
    const contents = await open(nested);
    const [inner] = contents.mainFrame.frames;
    assert.equal(inner?.detached, false);
    await contents.executeJavaScript('document.querySelector("iframe").remove()');
    await until(() => inner.detached || inner.isDestroyed());
  });
  check('frame.send(channel, ...args)', 'reaches the preload', async ({ preloaded }) => {
    const contents = await preloaded(`
      const { contextBridge, ipcRenderer } = require('electron');
      contextBridge.exposeInMainWorld('heard', new Promise((resolve) => ipcRenderer.once('hi', (_event, value) => resolve(value))));`);
    contents.mainFrame.send('hi', 'frame');
    assert.equal(await contents.executeJavaScript('heard'), 'frame');
  });
  check('frame.ipc', 'hears the messages of the frame', async ({ preloaded }) => {
    const contents = await preloaded(`
      const { contextBridge, ipcRenderer } = require('electron');
      contextBridge.exposeInMainWorld('ask', () => ipcRenderer.invoke('ask-frame'));`);
    contents.mainFrame.ipc.handle('ask-frame', () => 'from the frame');
    assert.equal(await contents.executeJavaScript('ask()'), 'from the frame');
  });
  check(
    'frame.frameToken',
    'and processId find the frame again',
    async ({ electron: { webFrameMain }, page: open }) => {
      const { mainFrame } = await open('x');
      assert.equal(webFrameMain.fromFrameToken(mainFrame.processId, mainFrame.frameToken), mainFrame);
    },
  );
  check(
    'webFrameMain.fromId(processId, routingId)',
    'finds the frame',
    async ({ electron: { webFrameMain }, page: open }) => {
      const { mainFrame } = await open('x');
      assert.equal(webFrameMain.fromId(mainFrame.processId, mainFrame.routingId), mainFrame);
      assert.ok(!webFrameMain.fromId(mainFrame.processId, 987_654));
    },
  );
  check('frame.visibilityState', 'is that of the document', async ({ page: open }) => {
    const { mainFrame } = await open('x');
    assert.ok(['visible', 'hidden'].includes(mainFrame.visibilityState));
  });
});
