import assert from 'node:assert/strict';
import { page } from '../page.ts';

export const notification = page('notification', (check) => {
  check('Notification.isSupported()', 'is a boolean', ({ electron: { Notification } }) => {
    assert.equal(typeof Notification.isSupported(), 'boolean');
  });
  check('new Notification([options])', 'has what the options say', ({ electron: { Notification } }) => {
    const one = new Notification({ title: 'Title', body: 'Body', subtitle: 'Sub', silent: true });
    assert.deepEqual([one.title, one.body, one.subtitle, one.silent], ['Title', 'Body', 'Sub', true]);
  });
  check('notification.title', 'can be changed', ({ electron: { Notification } }) => {
    const one = new Notification({ title: 'Title' });
    one.title = 'Other';
    assert.equal(one.title, 'Other');
  });
  check('notification.close()', 'does nothing before it is shown', ({ electron: { Notification } }) => {
    new Notification({ title: 'x' }).close();
  });
});
