import assert from 'node:assert/strict';
import { page } from '../page.ts';

export const clipboard = page('clipboard', (check) => {
  check('clipboard.writeText(text)', 'is what readText answers', async ({ electron: { clipboard } }) => {
    await clipboard.writeText('copied');
    assert.equal(await clipboard.readText(), 'copied');
  });
  check('clipboard.clear()', 'leaves nothing', async ({ electron: { clipboard } }) => {
    await clipboard.writeText('copied');
    clipboard.clear();
    assert.equal(await clipboard.readText(), '');
  });
  check('clipboard.has(mimetype)', 'knows whether there is text', async ({ electron: { clipboard } }) => {
    await clipboard.writeText('copied');
    assert.equal(await clipboard.has('text/plain'), true);
    assert.equal(await clipboard.has('image/png'), false);
  });
  check(
    'clipboard.write(data)',
    'takes items of several types',
    async ({ electron: { clipboard, ClipboardItem } }) => {
      await clipboard.write([new ClipboardItem({ 'text/plain': 'plain', 'text/html': '<b>rich</b>' })]);
      assert.equal(await clipboard.readText(), 'plain');
      const [item] = await clipboard.read();
      assert.ok(item);
      assert.ok(item.types.includes('text/html'));
      assert.match(await (await item.getType('text/html')).text(), /<b>rich<\/b>/);
    },
  );
  check(
    'clipboardItem.getType(type)',
    'rejects a type that is not there',
    async ({ electron: { ClipboardItem } }) => {
      await assert.rejects(new ClipboardItem({ 'text/plain': 'x' }).getType('image/png'));
    },
  );
  check(
    'clipboard.writeText(text)',
    'paste puts it into a page',
    async ({ electron: { clipboard }, page: open, until }) => {
      const contents = await open('<input id="field">');
      await clipboard.writeText('pasted');
      contents.focus();
      await contents.executeJavaScript('field.focus()');
      contents.paste();
      await until(async () => (await contents.executeJavaScript('field.value')) === 'pasted');
    },
  );
  check(
    'clipboard.readText()',
    'is what copy took from a page',
    async ({ electron: { clipboard }, page: open, until }) => {
      const contents = await open('<input id="field" value="of the page">');
      contents.focus();
      await contents.executeJavaScript('field.focus(), field.select()');
      contents.copy();
      await until(async () => (await clipboard.readText()) === 'of the page');
    },
  );
});
