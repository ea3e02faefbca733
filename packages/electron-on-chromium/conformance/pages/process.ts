import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { page } from '../page.ts';

export const process_ = page('process', (check) => {
  check('process.type', 'is browser in the main process', () => {
    assert.equal(process.type, 'browser');
  });
  check('process.type', 'is renderer in a preload', async ({ preloaded }) => {
    const contents = await preloaded(
      "require('electron').contextBridge.exposeInMainWorld('type', process.type)",
    );
    assert.equal(await contents.executeJavaScript('window.type'), 'renderer');
  });
  check('process.versions.electron', 'and chrome are versions', () => {
    const { electron, chrome } = process.versions;
    assert.match(electron, /^\d+\.\d+\.\d+/);
    assert.match(chrome, /^\d+\.\d+/);
  });
  check('process.resourcesPath', 'is a folder', () => {
    assert.equal(existsSync(process.resourcesPath), true);
  });
  check('process.defaultApp', 'is true for an app that is given as an argument', () => {
    assert.equal(process.defaultApp, true);
  });
  check(
    'process.sandboxed',
    'is true in a sandboxed preload, as is contextIsolated',
    async ({ preloaded }) => {
      const contents = await preloaded(
        "require('electron').contextBridge.exposeInMainWorld('flags', [process.sandboxed, process.contextIsolated])",
      );
      assert.deepEqual(await contents.executeJavaScript('flags'), [true, true]);
    },
  );
  check('process.getProcessMemoryInfo()', 'resolves in the main process', async () => {
    const info = await process.getProcessMemoryInfo();
    assert.equal(typeof info.private, 'number');
  });
  check('process.getCreationTime()', 'is a time before now', () => {
    const time = process.getCreationTime();
    assert.ok(time !== null && time < Date.now());
  });
});
