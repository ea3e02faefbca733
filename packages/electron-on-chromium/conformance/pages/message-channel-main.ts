import assert from 'node:assert/strict';
import { once } from 'node:events';
import type * as Electron from 'electron';
import { page } from '../page.ts';

export const messageChannelMain = page('message-channel-main', (check) => {
  check(
    'Class: MessageChannelMain',
    'what is posted on one port arrives at the other',
    async ({ electron: { MessageChannelMain } }) => {
      const { port1, port2 } = new MessageChannelMain();
      const heard = once(port2, 'message');
      port2.start();
      port1.postMessage({ some: 'message' });
      const [message] = (await heard) as [Electron.MessageEvent];
      assert.deepEqual([message.data, message.ports], [{ some: 'message' }, []]);
    },
  );
  check('port.start()', 'messages wait for it', async ({ electron: { MessageChannelMain } }) => {
    const { port1, port2 } = new MessageChannelMain();
    const heard: unknown[] = [];
    port2.on('message', ({ data }) => heard.push(data));
    port1.postMessage(1);
    port1.postMessage(2);
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(heard, []);
    const last = new Promise<void>((resolve) => port2.on('message', ({ data }) => data === 2 && resolve()));
    port2.start();
    await last;
    assert.deepEqual(heard, [1, 2]);
  });
  check(
    'port.postMessage(message, [transfer])',
    'moves ports',
    async ({ electron: { MessageChannelMain } }) => {
      const [outer, inner] = [new MessageChannelMain(), new MessageChannelMain()];
      const heard = once(outer.port2, 'message');
      outer.port2.start();
      outer.port1.postMessage('take', [inner.port1]);
      const [{ ports }] = (await heard) as [Electron.MessageEvent];
      const answered = once(inner.port2, 'message');
      inner.port2.start();
      ports[0]?.postMessage('moved');
      assert.equal(((await answered) as [Electron.MessageEvent])[0].data, 'moved');
    },
  );
  check(
    'port.postMessage(message, [transfer])',
    'refuses what cannot be cloned',
    ({ electron: { MessageChannelMain } }) => {
      const { port1 } = new MessageChannelMain();
      assert.throws(() => port1.postMessage(() => undefined), /An object could not be cloned/);
    },
  );
  check(
    'port.postMessage(message, [transfer])',
    'refuses what is no port',
    ({ electron: { MessageChannelMain } }) => {
      const { port1 } = new MessageChannelMain();
      assert.throws(() => port1.postMessage('x', [{} as never]), /Port at index 0 is not a valid port/);
    },
  );
  check(
    'port.postMessage(message, [transfer])',
    'refuses the port itself',
    ({ electron: { MessageChannelMain } }) => {
      const { port1 } = new MessageChannelMain();
      assert.throws(() => port1.postMessage('x', [port1]), /Port at index 0 contains the source port/);
    },
  );
  check(
    "Event: 'close'",
    'is told when the other end is closed',
    async ({ electron: { MessageChannelMain } }) => {
      const { port1, port2 } = new MessageChannelMain();
      const closed = once(port2, 'close');
      port2.start();
      port1.close();
      await closed;
    },
  );
  check(
    "Event: 'close'",
    'is told when the page that holds the other end has gone',
    async ({ electron: { MessageChannelMain }, preloaded }) => {
      const contents = await preloaded(
        "require('electron').ipcRenderer.on('port', ({ ports }) => (globalThis.kept = ports))",
      );
      const { port1, port2 } = new MessageChannelMain();
      const closed = once(port2, 'close');
      contents.postMessage('port', null, [port1]);
      port2.start();
      contents.close();
      await closed;
    },
  );
  check(
    'MessagePorts in Electron',
    'two pages can talk to each other',
    async ({ electron: { MessageChannelMain }, preloaded }) => {
      const preload = (what: string) => `
      const { contextBridge, ipcRenderer } = require('electron');
      contextBridge.exposeInMainWorld('heard', new Promise((resolve) =>
        ipcRenderer.on('port', ({ ports: [port] }) => {
          port.onmessage = ({ data }) => resolve(data);
          port.postMessage('from ${what}');
        })));`;
      const [one, two] = [await preloaded(preload('one')), await preloaded(preload('two'))];
      const { port1, port2 } = new MessageChannelMain();
      one.postMessage('port', null, [port1]);
      two.postMessage('port', null, [port2]);
      assert.deepEqual(
        [await one.executeJavaScript('heard'), await two.executeJavaScript('heard')],
        ['from two', 'from one'],
      );
    },
  );
});
