import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { page } from '../page.ts';

export const shell = page('shell', (check) => {
  check(
    'shell.openExternal(url[, options])',
    'rejects what is no address',
    async ({ electron: { shell } }) => {
      await assert.rejects(shell.openExternal('no address'), /Invalid URL/);
    },
  );
  check('shell.openPath(path)', 'answers what went wrong', async ({ electron: { shell } }) => {
    assert.notEqual(await shell.openPath('/does/not/exist'), '');
  });
  check.differs(
    'Shell.trashItem',
    'shell.trashItem(path)',
    'takes the file away',
    async ({ electron: { app, shell }, file, afterwards }) => {
      const home = process.env['XDG_DATA_HOME'];
      process.env['XDG_DATA_HOME'] = `${app.getPath('userData')}/trash-of-the-case`;
      afterwards(() => {
        if (home === undefined) delete process.env['XDG_DATA_HOME'];
        else process.env['XDG_DATA_HOME'] = home;
      });
      const path = await file('waste.txt', 'x');
      await shell.trashItem(path);
      assert.equal(existsSync(path), false);
    },
  );
  check('shell.beep()', 'returns nothing', ({ electron: { shell } }) => {
    assert.doesNotThrow(() => shell.beep());
  });
});
