import assert from 'node:assert/strict';
import { once } from 'node:events';
import { page } from '../page.ts';

const bridge = `
  const { contextBridge, ipcRenderer } = require('electron');
  contextBridge.exposeInMainWorld('ipc', {
    invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
    send: (channel, ...args) => ipcRenderer.send(channel, ...args),
    sendSync: (channel, ...args) => ipcRenderer.sendSync(channel, ...args),
    replies: new Promise((resolve) => ipcRenderer.once('reply', (_event, ...args) => resolve(args))),
  });`;

export const ipcMain = page('ipc-main', (check) => {
  check(
    'ipcMain.handle(channel, listener)',
    'answers invoke',
    async ({ electron: { ipcMain }, preloaded, afterwards }) => {
      ipcMain.handle('add', (_event, a: number, b: number) => a + b);
      afterwards(() => ipcMain.removeHandler('add'));
      const contents = await preloaded(bridge);
      assert.equal(await contents.executeJavaScript('ipc.invoke("add", 2, 3)'), 5);
    },
  );
  check(
    'ipcMain.handle(channel, listener)',
    'waits for a promise',
    async ({ electron: { ipcMain }, preloaded, afterwards }) => {
      ipcMain.handle('later', () => new Promise((resolve) => setTimeout(() => resolve('at last'), 10)));
      afterwards(() => ipcMain.removeHandler('later'));
      const contents = await preloaded(bridge);
      assert.equal(await contents.executeJavaScript('ipc.invoke("later")'), 'at last');
    },
  );
  check(
    'ipcMain.handle(channel, listener)',
    'only the message of an error reaches the renderer',
    async ({ electron: { ipcMain }, preloaded, afterwards }) => {
      ipcMain.handle('fail', () => {
        throw Object.assign(new RangeError('too far'), { secret: 1 });
      });
      afterwards(() => ipcMain.removeHandler('fail'));
      const contents = await preloaded(bridge);
      const message: unknown = await contents.executeJavaScript('ipc.invoke("fail").catch((e) => e.message)');
      assert.equal(message, "Error invoking remote method 'fail': RangeError: too far");
    },
  );
  check(
    'ipcMain.handle(channel, listener)',
    'a second handler is refused',
    ({ electron: { ipcMain }, afterwards }) => {
      ipcMain.handle('twice', () => 1);
      afterwards(() => ipcMain.removeHandler('twice'));
      assert.throws(() => ipcMain.handle('twice', () => 2), {
        message: "Attempted to register a second handler for 'twice'",
      });
    },
  );
  check('ipcMain.handle(channel, listener)', 'refuses what is no function', ({ electron: { ipcMain } }) => {
    assert.throws(() => ipcMain.handle('none', null as never), /Expected handler to be a function/);
  });
  check(
    'ipcMain.handleOnce(channel, listener)',
    'answers once',
    async ({ electron: { ipcMain }, preloaded }) => {
      ipcMain.handleOnce('once', () => 'first');
      const contents = await preloaded(bridge);
      const [first, second] = (await contents.executeJavaScript(
        'ipc.invoke("once").then((a) => ipc.invoke("once").catch((e) => [a, e.message]))',
      )) as [string, string];
      assert.equal(first, 'first');
      assert.match(second, /No handler registered for 'once'/);
    },
  );
  check(
    'ipcMain.removeHandler(channel)',
    'takes the handler away',
    async ({ electron: { ipcMain }, preloaded }) => {
      ipcMain.handle('gone', () => 1);
      ipcMain.removeHandler('gone');
      const contents = await preloaded(bridge);
      const message: unknown = await contents.executeJavaScript('ipc.invoke("gone").catch((e) => e.message)');
      assert.equal(message, "Error invoking remote method 'gone': Error: No handler registered for 'gone'");
    },
  );
  check(
    'ipcMain.on(channel, listener)',
    'hears what a renderer sends',
    async ({ electron: { ipcMain }, preloaded }) => {
      const contents = await preloaded(bridge);
      const heard = once(ipcMain, 'hello');
      await contents.executeJavaScript('ipc.send("hello", 1, { two: [3] })');
      const [event, ...args] = (await heard) as [Electron.IpcMainEvent, ...unknown[]];
      assert.equal(event.sender, contents);
      assert.deepEqual(args, [1, { two: [3] }]);
    },
  );
  check(
    'ipcMain.once(channel, listener)',
    'hears one message only',
    async ({ electron: { ipcMain }, preloaded, until }) => {
      const contents = await preloaded(bridge);
      let [first, all] = [0, 0];
      ipcMain.once('count', () => (first += 1));
      ipcMain.on('count', () => (all += 1));
      await contents.executeJavaScript('ipc.send("count"), ipc.send("count")');
      await until(() => all === 2);
      ipcMain.removeAllListeners('count');
      assert.equal(first, 1);
    },
  );
  check(
    'ipcMain.removeListener(channel, listener)',
    'hears no more',
    async ({ electron: { ipcMain }, preloaded }) => {
      const contents = await preloaded(bridge);
      let heard = 0;
      const listener = () => (heard += 1);
      ipcMain.on('mute', listener);
      ipcMain.removeListener('mute', listener);
      const after = once(ipcMain, 'end');
      await contents.executeJavaScript('ipc.send("mute"), ipc.send("end")');
      await after;
      assert.equal(heard, 0);
    },
  );
  check(
    'IpcMainEvent: reply',
    'answers the frame that has sent',
    async ({ electron: { ipcMain }, preloaded }) => {
      const contents = await preloaded(bridge);
      ipcMain.once('ask', (event) => event.reply('reply', 'yes', 1));
      assert.deepEqual(await contents.executeJavaScript('ipc.send("ask"), ipc.replies'), ['yes', 1]);
    },
  );
  check(
    'IpcMainEvent: returnValue',
    'is what sendSync returns',
    async ({ electron: { ipcMain }, preloaded }) => {
      const contents = await preloaded(bridge);
      ipcMain.once('sync', (event, value: number) => (event.returnValue = { doubled: value * 2 }));
      assert.deepEqual(await contents.executeJavaScript('ipc.sendSync("sync", 21)'), { doubled: 42 });
    },
  );
  check(
    'IpcMainEvent: senderFrame',
    'is the frame that has sent',
    async ({ electron: { ipcMain }, preloaded }) => {
      const contents = await preloaded(bridge);
      const heard = once(ipcMain, 'frame');
      await contents.executeJavaScript('ipc.send("frame")');
      const [event] = (await heard) as [Electron.IpcMainEvent];
      assert.equal(event.senderFrame?.url, contents.getURL());
      assert.equal(event.senderFrame.top, contents.mainFrame);
      assert.equal(event.type, 'frame');
    },
  );
  check(
    'IpcMainInvokeEvent: sender',
    'is the contents that has called',
    async ({ electron: { ipcMain }, preloaded }) => {
      const contents = await preloaded(bridge);
      let sender: unknown;
      ipcMain.handleOnce('who', (event) => {
        sender = event.sender;
      });
      await contents.executeJavaScript('ipc.invoke("who")');
      assert.equal(sender, contents);
    },
  );
  check(
    'ipcMain.handle(channel, listener)',
    'what cannot be cloned is refused to the renderer',
    async ({ electron: { ipcMain }, preloaded }) => {
      ipcMain.handleOnce('function', () => () => undefined);
      const contents = await preloaded(bridge);
      const message: unknown = await contents.executeJavaScript(
        'ipc.invoke("function").catch((e) => e.message)',
      );
      assert.match(String(message), /An object could not be cloned\.$/);
    },
  );
});
