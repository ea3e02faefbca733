import assert from 'node:assert/strict';
import { page } from '../page.ts';

export const dialog = page('dialog', (check) => {
  check(
    'dialog.showMessageBox([window, ]options)',
    'refuses what is no object',
    async ({ electron: { dialog } }) => {
      await assert.rejects(
        async () => dialog.showMessageBox('text' as never),
        /Options must be an object|options/i,
      );
    },
  );
  check(
    'dialog.showMessageBox([window, ]options)',
    'refuses buttons that are no array',
    async ({ electron: { dialog } }) => {
      await assert.rejects(
        async () => dialog.showMessageBox({ message: 'x', buttons: 'OK' as never }),
        /Buttons must be an array/,
      );
    },
  );
  check(
    'dialog.showMessageBox([window, ]options)',
    'refuses a type that is none',
    async ({ electron: { dialog } }) => {
      await assert.rejects(
        async () => dialog.showMessageBox({ message: 'x', type: 'mystery' as never }),
        /Invalid message box type/,
      );
    },
  );
  check(
    'dialog.showMessageBox([window, ]options)',
    'an aborted signal closes it',
    async ({ electron: { dialog }, window, site }) => {
      const host = window({ show: true });
      await host.loadURL(await site({ '/': 'x' }));
      const controller = new AbortController();
      const answer = dialog.showMessageBox(host, {
        message: 'x',
        buttons: ['Go', 'Cancel'],
        signal: controller.signal,
      });
      setTimeout(() => controller.abort(), 50);
      assert.equal((await answer).response, 1);
    },
  );
  check(
    'dialog.showOpenDialog([window, ]options)',
    'refuses properties that are no array',
    async ({ electron: { dialog } }) => {
      await assert.rejects(
        async () => dialog.showOpenDialog({ properties: 'openFile' as never }),
        /Properties must be an array/,
      );
    },
  );
});
