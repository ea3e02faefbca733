import assert from 'node:assert/strict';
import { once } from 'node:events';
import { page } from '../page.ts';

export const debugger_ = page('debugger', (check) => {
  check('debugger.attach([protocolVersion])', 'is what isAttached answers', async ({ page: open }) => {
    const { debugger: devtools } = await open('x');
    assert.equal(devtools.isAttached(), false);
    devtools.attach('1.3');
    assert.equal(devtools.isAttached(), true);
    devtools.detach();
    assert.equal(devtools.isAttached(), false);
  });
  check('debugger.attach([protocolVersion])', 'twice is refused', async ({ page: open }) => {
    const { debugger: devtools } = await open('x');
    devtools.attach();
    assert.throws(() => devtools.attach(), /Debugger is already attached to the target/);
    devtools.detach();
  });
  check(
    'debugger.sendCommand(method[, commandParams, sessionId])',
    'resolves with the answer',
    async ({ page: open }) => {
      const { debugger: devtools } = await open('<title>debugged</title>');
      devtools.attach();
      const { result } = (await devtools.sendCommand('Runtime.evaluate', {
        expression: 'document.title',
      })) as { result: { value: unknown } };
      assert.equal(result.value, 'debugged');
      devtools.detach();
    },
  );
  check(
    'debugger.sendCommand(method[, commandParams, sessionId])',
    'rejects an unknown command',
    async ({ page: open }) => {
      const { debugger: devtools } = await open('x');
      devtools.attach();
      await assert.rejects(devtools.sendCommand('Nothing.known'), /wasn't found/);
      devtools.detach();
    },
  );
  check(
    'debugger.sendCommand(method[, commandParams, sessionId])',
    'needs to be attached',
    async ({ page: open }) => {
      const { debugger: devtools } = await open('x');
      await assert.rejects(devtools.sendCommand('Runtime.evaluate'), /No target available/);
    },
  );
  check("Event: 'message'", 'tells the protocol’s events', async ({ page: open }) => {
    const contents = await open('x');
    contents.debugger.attach();
    await contents.debugger.sendCommand('Runtime.enable');
    const told = new Promise<unknown>((resolve) =>
      contents.debugger.on('message', (_event, method, params: { args?: { value: unknown }[] }) => {
        if (method === 'Runtime.consoleAPICalled') resolve(params.args?.[0]?.value);
      }),
    );
    await contents.executeJavaScript('console.log("told"); 0');
    assert.equal(await told, 'told');
    contents.debugger.detach();
  });
  check("Event: 'detach'", 'is told when the contents are closed', async ({ page: open }) => {
    const contents = await open('x');
    contents.debugger.attach();
    await contents.debugger.sendCommand('Runtime.enable');
    const detached = once(contents.debugger, 'detach');
    contents.close();
    assert.equal((await detached)[1], 'target closed');
  });
});
