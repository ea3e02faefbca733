import assert from 'node:assert/strict';
import { once } from 'node:events';
import { page } from '../page.ts';

const exposing = (api: string) => `
  const { contextBridge, ipcRenderer } = require('electron');
  contextBridge.exposeInMainWorld('api', ${api});`;

export const contextBridge = page('context-bridge', (check) => {
  const heading = 'contextBridge.exposeInMainWorld(apiKey, api)';

  check(heading, 'the api is on window under its key', async ({ preloaded }) => {
    const contents = await preloaded(exposing('{ a: 1, nested: { b: "two", c: [true, null] } }'));
    assert.deepEqual(await contents.executeJavaScript('window.api'), {
      a: 1,
      nested: { b: 'two', c: [true, null] },
    });
  });
  check(heading, 'is there before the page’s first script', async ({ preloaded }) => {
    const contents = await preloaded(exposing('{ a: 1 }'), '<script>window.seen = window.api.a</script>');
    assert.equal(await contents.executeJavaScript('seen'), 1);
  });
  check(heading, 'functions are proxied to the other context', async ({ preloaded }) => {
    const contents = await preloaded(exposing('{ add: (a, b) => a + b }'));
    assert.equal(await contents.executeJavaScript('api.add(2, 3)'), 5);
  });
  check(heading, 'all other values are copied and frozen', async ({ preloaded }) => {
    const contents = await preloaded(exposing('{ list: [1], deep: { a: 1 } }'));
    assert.deepEqual(
      await contents.executeJavaScript('[api, api.list, api.deep].map((value) => Object.isFrozen(value))'),
      [true, true, true],
    );
  });
  check(heading, 'changes on one side do not reach the other', async ({ preloaded }) => {
    const contents = await preloaded(`
      const { contextBridge } = require('electron');
      const api = { value: 1, read: () => api.value, write: (value) => { api.value = value; } };
      contextBridge.exposeInMainWorld('api', api);`);
    assert.deepEqual(await contents.executeJavaScript('api.write(2), [api.value, api.read()]'), [1, 2]);
  });
  check(heading, 'a key that is taken is refused', async ({ preloaded }) => {
    const contents = await preloaded(`
      const { contextBridge } = require('electron');
      contextBridge.exposeInMainWorld('api', 1);
      let message = '';
      try { contextBridge.exposeInMainWorld('api', 2); } catch (error) { message = error.message; }
      contextBridge.exposeInMainWorld('message', message);`);
    assert.match(
      String(await contents.executeJavaScript('message')),
      /Cannot bind an API on top of an existing property on the window object/,
    );
  });
  check(heading, 'the page cannot replace the api', async ({ preloaded }) => {
    const contents = await preloaded(exposing('{ a: 1 }'));
    assert.equal(await contents.executeJavaScript('try { window.api = 2 } catch {} window.api.a'), 1);
  });
  check('API Functions', 'callbacks of the page can be called', async ({ preloaded }) => {
    const contents = await preloaded(exposing('{ twice: (callback) => [callback(1), callback(2)] }'));
    assert.deepEqual(await contents.executeJavaScript('api.twice((x) => x * 10)'), [10, 20]);
  });
  check('API Functions', 'callbacks work later, too', async ({ preloaded }) => {
    const contents = await preloaded(
      exposing('{ onNews: (callback) => { ipcRenderer.on("news", (_event, value) => callback(value)); } }'),
    );
    await contents.executeJavaScript('window.heard = new Promise((resolve) => api.onNews(resolve)); 0');
    contents.send('news', 'fresh');
    assert.equal(await contents.executeJavaScript('heard'), 'fresh');
  });
  check('API Functions', 'functions can return functions', async ({ preloaded }) => {
    const contents = await preloaded(exposing('{ adder: (a) => (b) => a + b }'));
    assert.equal(await contents.executeJavaScript('api.adder(1)(2)'), 3);
  });
  check('Parameter / Error / Return Type support', 'promises arrive as promises', async ({ preloaded }) => {
    const contents = await preloaded(
      exposing('{ later: () => Promise.resolve(7), wait: async (promise) => (await promise) + 1 }'),
    );
    assert.equal(await contents.executeJavaScript('api.later()'), 7);
    assert.equal(await contents.executeJavaScript('api.wait(Promise.resolve(1))'), 2);
  });
  check('Parameter / Error / Return Type support', 'rejections keep their message', async ({ preloaded }) => {
    const contents = await preloaded(exposing('{ fail: async () => { throw new Error("no luck"); } }'));
    assert.equal(await contents.executeJavaScript('api.fail().catch((error) => error.message)'), 'no luck');
  });
  check('Parameter / Error / Return Type support', 'thrown errors reach the page', async ({ preloaded }) => {
    const contents = await preloaded(exposing('{ fail: () => { throw new Error("thrown"); } }'));
    assert.match(
      String(await contents.executeJavaScript('try { api.fail() } catch (error) { error.message }')),
      /thrown/,
    );
  });
  check(
    'Parameter / Error / Return Type support',
    'errors are cloned without what is attached',
    async ({ preloaded }) => {
      const contents = await preloaded(
        exposing('{ error: Object.assign(new Error("cloned"), { secret: 1 }) }'),
      );
      assert.deepEqual(
        await contents.executeJavaScript('[api.error instanceof Error, api.error.message, api.error.secret]'),
        [true, 'cloned', undefined],
      );
    },
  );
  check('Parameter / Error / Return Type support', 'prototypes are dropped', async ({ preloaded }) => {
    const contents = await preloaded(
      exposing('new (class { constructor() { this.own = 1; } inherited() {} })()'),
    );
    assert.deepEqual(await contents.executeJavaScript('[api.own, typeof api.inherited]'), [1, 'undefined']);
  });
  check('Parameter / Error / Return Type support', 'symbols are not supported', async ({ preloaded }) => {
    const contents = await preloaded(`
      const { contextBridge } = require('electron');
      let refused = false;
      try { contextBridge.exposeInMainWorld('api', { symbol: Symbol('s') }); } catch { refused = true; }
      contextBridge.exposeInMainWorld('refused', refused);`);
    assert.equal(await contents.executeJavaScript('refused'), true);
  });
  check('Exposing ipcRenderer', 'one method an IPC message', async ({ electron: { ipcMain }, preloaded }) => {
    const contents = await preloaded(exposing('{ send: (value) => ipcRenderer.send("bridged", value) }'));
    const heard = once(ipcMain, 'bridged');
    await contents.executeJavaScript('api.send({ a: 1 })');
    assert.deepEqual((await heard)[1], { a: 1 });
  });
  check(
    'contextBridge.executeInMainWorld(executionScript)',
    'runs a function in the page’s world',
    async ({ preloaded }) => {
      const contents = await preloaded(`
      const { contextBridge } = require('electron');
      const sum = contextBridge.executeInMainWorld({ func: (a, b) => { window.ran = true; return a + b; }, args: [1, 2] });
      contextBridge.exposeInMainWorld('sum', sum);`);
      assert.deepEqual(await contents.executeJavaScript('[sum, window.ran]'), [3, true]);
    },
  );
  check(
    'Security Considerations',
    'the preload’s own globals stay out of the page',
    async ({ preloaded }) => {
      const contents = await preloaded('globalThis.hidden = 1; var alsoHidden = 2;');
      assert.deepEqual(
        await contents.executeJavaScript('[typeof hidden, typeof alsoHidden, typeof require]'),
        ['undefined', 'undefined', 'undefined'],
      );
    },
  );
});
