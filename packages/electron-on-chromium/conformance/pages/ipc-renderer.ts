import assert from 'node:assert/strict';
import { once } from 'node:events';
import { page } from '../page.ts';

/** A preload script whose `run` is what the case is about; the page can await its outcome as `outcome`. */
const trying = (code: string) => `
  const { contextBridge, ipcRenderer } = require('electron');
  const run = async () => { ${code} };
  contextBridge.exposeInMainWorld('outcome', run().catch((error) => 'refused: ' + error.message));`;

export const ipcRenderer = page('ipc-renderer', (check) => {
  check(
    'ipcRenderer.invoke(channel, ...args)',
    'resolves with the answer',
    async ({ electron: { ipcMain }, preloaded }) => {
      ipcMain.handleOnce('echo', (_event, value: unknown) => value);
      const contents = await preloaded(trying('return ipcRenderer.invoke("echo", { a: [1, null, "x"] });'));
      assert.deepEqual(await contents.executeJavaScript('outcome'), { a: [1, null, 'x'] });
    },
  );
  check(
    'ipcRenderer.invoke(channel, ...args)',
    'serializes by structured clone: dates, maps, sets, typed arrays, undefined',
    async ({ electron: { ipcMain }, preloaded }) => {
      let got: unknown;
      ipcMain.handleOnce('clone', (_event, value: unknown) => {
        got = value;
        return value;
      });
      const contents = await preloaded(
        trying(`
          const back = await ipcRenderer.invoke('clone', {
            date: new Date(5), map: new Map([[1, 'a']]), set: new Set([2]), bytes: new Uint8Array([1, 2]), nothing: undefined, big: 7n,
          });
          return [back.date.getTime(), back.map.get(1), back.set.has(2), [...back.bytes], 'nothing' in back, String(back.big)];`),
      );
      assert.deepEqual(await contents.executeJavaScript('outcome'), [5, 'a', true, [1, 2], true, '7']);
      assert.deepEqual(got, {
        date: new Date(5),
        map: new Map([[1, 'a']]),
        set: new Set([2]),
        bytes: new Uint8Array([1, 2]),
        nothing: undefined,
        big: 7n,
      });
    },
  );
  check(
    'ipcRenderer.invoke(channel, ...args)',
    'keeps cycles',
    async ({ electron: { ipcMain }, preloaded }) => {
      ipcMain.handleOnce('cycle', (_event, value: { self: unknown }) => value.self === value);
      const contents = await preloaded(
        trying('const a = {}; a.self = a; return ipcRenderer.invoke("cycle", a);'),
      );
      assert.equal(await contents.executeJavaScript('outcome'), true);
    },
  );
  for (const [what, code] of [
    ['functions', '() => 1'],
    ['promises', 'Promise.resolve()'],
    ['symbols', 'Symbol("s")'],
    ['WeakMaps', 'new WeakMap()'],
    ['DOM objects', 'document.createElement("p")'],
  ] as const)
    check('ipcRenderer.invoke(channel, ...args)', `${what} throw an exception`, async ({ preloaded }) => {
      const contents = await preloaded(trying(`return ipcRenderer.invoke("never", ${code});`));
      assert.equal(await contents.executeJavaScript('outcome'), 'refused: An object could not be cloned.');
    });
  check('ipcRenderer.send(channel, ...args)', 'functions throw an exception', async ({ preloaded }) => {
    const contents = await preloaded(trying('ipcRenderer.send("never", () => 1);'));
    assert.equal(await contents.executeJavaScript('outcome'), 'refused: An object could not be cloned.');
  });
  check(
    'ipcRenderer.send(channel, ...args)',
    'drops the prototype chain',
    async ({ electron: { ipcMain }, preloaded }) => {
      const heard = once(ipcMain, 'instance');
      await preloaded(
        trying(
          'class A { constructor() { this.own = 1; } get got() { return 2; } } ipcRenderer.send("instance", new A());',
        ),
      );
      assert.deepEqual((await heard)[1], { own: 1 });
    },
  );
  check(
    'ipcRenderer.send(channel, ...args)',
    'keeps the order of messages',
    async ({ electron: { ipcMain }, preloaded, until, afterwards }) => {
      const heard: unknown[] = [];
      ipcMain.on('number', (_event, value) => heard.push(value));
      afterwards(() => ipcMain.removeAllListeners('number'));
      await preloaded(trying('for (let i = 0; i < 20; i += 1) ipcRenderer.send("number", i);'));
      await until(() => heard.length === 20);
      assert.deepEqual(heard, [...Array(20).keys()]);
    },
  );
  check(
    'ipcRenderer.sendSync(channel, ...args)',
    'returns returnValue',
    async ({ electron: { ipcMain }, preloaded }) => {
      ipcMain.once('now', (event) => (event.returnValue = 'now'));
      const contents = await preloaded(trying('return ipcRenderer.sendSync("now");'));
      assert.equal(await contents.executeJavaScript('outcome'), 'now');
    },
  );
  check('ipcRenderer.on(channel, listener)', 'hears webContents.send', async ({ preloaded }) => {
    const contents = await preloaded(
      trying('return new Promise((resolve) => ipcRenderer.on("news", (event, ...args) => resolve(args)));'),
    );
    contents.send('news', 'a', { b: 1 });
    assert.deepEqual(await contents.executeJavaScript('outcome'), ['a', { b: 1 }]);
  });
  check('ipcRenderer.once(channel, listener)', 'hears one message only', async ({ preloaded }) => {
    const contents = await preloaded(
      trying(`
        let count = 0;
        ipcRenderer.once('one', () => (count += 1));
        return new Promise((resolve) => ipcRenderer.on('end', () => resolve(count)));`),
    );
    for (const channel of ['one', 'one', 'end']) contents.send(channel);
    assert.equal(await contents.executeJavaScript('outcome'), 1);
  });
  check('ipcRenderer.removeListener(channel, listener)', 'hears no more', async ({ preloaded }) => {
    const contents = await preloaded(
      trying(`
        let count = 0;
        const listener = () => (count += 1);
        ipcRenderer.on('off', listener);
        ipcRenderer.removeListener('off', listener);
        return new Promise((resolve) => ipcRenderer.on('end', () => resolve(count)));`),
    );
    for (const channel of ['off', 'end']) contents.send(channel);
    assert.equal(await contents.executeJavaScript('outcome'), 0);
  });
  check(
    'ipcRenderer.postMessage(channel, message[, transfer])',
    'moves ports to the main process',
    async ({ electron: { ipcMain }, preloaded }) => {
      const heard = once(ipcMain, 'port');
      const contents = await preloaded(
        trying(`
        const { port1, port2 } = new MessageChannel();
        ipcRenderer.postMessage('port', { hello: 1 }, [port1]);
        return new Promise((resolve) => (port2.onmessage = ({ data }) => resolve(data)));`),
      );
      const [event, message] = (await heard) as [Electron.IpcMainEvent, unknown];
      assert.deepEqual(message, { hello: 1 });
      assert.equal(event.ports.length, 1);
      event.ports[0]?.postMessage('from main');
      assert.equal(await contents.executeJavaScript('outcome'), 'from main');
    },
  );
});
