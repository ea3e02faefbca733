import assert from 'node:assert/strict';
import { page } from '../page.ts';

/** `click` is declared as any function. */
const click = (item: object | undefined, ...args: unknown[]): void => {
  (item as { click?: (...args: unknown[]) => void } | undefined)?.click?.(...args);
};

export const menuItem = page('menu-item', (check) => {
  check('new MenuItem(options)', 'has the documented defaults', ({ electron: { MenuItem } }) => {
    const item = new MenuItem({ label: 'plain' });
    const { type, enabled, visible, checked, sublabel, toolTip, registerAccelerator } = item;
    assert.deepEqual(
      { type, enabled, visible, checked, sublabel, toolTip, registerAccelerator },
      {
        type: 'normal',
        enabled: true,
        visible: true,
        checked: false,
        sublabel: '',
        toolTip: '',
        registerAccelerator: true,
      },
    );
  });
  check('menuItem.commandId', 'is a number of its own', ({ electron: { MenuItem } }) => {
    const [first, second] = [new MenuItem({ label: 'a' }), new MenuItem({ label: 'b' })];
    assert.equal(typeof first.commandId, 'number');
    assert.notEqual(first.commandId, second.commandId);
  });
  check('menuItem.id', 'is what the options say', ({ electron: { MenuItem } }) => {
    assert.equal(new MenuItem({ label: 'a', id: 'mine' }).id, 'mine');
  });
  check('menuItem.submenu', 'is a Menu, made of a template', ({ electron: { Menu, MenuItem } }) => {
    const item = new MenuItem({ label: 'a', submenu: [{ label: 'b' }] });
    assert.ok(item.submenu instanceof Menu);
    assert.equal(item.type, 'submenu');
  });
  check('menuItem.type', 'submenu is refused without a submenu', ({ electron: { MenuItem } }) => {
    assert.throws(() => new MenuItem({ label: 'a', type: 'submenu' }), /Invalid submenu/);
  });
  check('menuItem.type', 'unknown types are refused', ({ electron: { MenuItem } }) => {
    assert.throws(() => new MenuItem({ label: 'a', type: 'mystery' as never }), /Unknown menu item type/);
  });
  check('menuItem.click', 'calls the given function with the item', ({ electron: { MenuItem } }) => {
    let clicked: unknown;
    const item = new MenuItem({ label: 'a', click: (which) => (clicked = which) });
    click(item);
    assert.equal(clicked, item);
  });
  check('menuItem.click', 'passes the event and the window on', ({ electron: { MenuItem }, window }) => {
    let given: unknown[] = [];
    const item = new MenuItem({ label: 'a', click: (_item, ...rest) => (given = rest) });
    const [event, focused] = [{ triggeredByAccelerator: true }, window()];
    click(item, event, focused, focused.webContents);
    assert.deepEqual(given, [focused, event]);
  });
  check('menuItem.checked', 'a checkbox toggles when it is clicked', ({ electron: { Menu } }) => {
    const [item] = Menu.buildFromTemplate([{ label: 'a', type: 'checkbox' }]).items;
    click(item);
    assert.ok(item?.checked);
    click(item);
    assert.ok(!item.checked);
  });
  check('menuItem.checked', 'a radio item turns its neighbours off', ({ electron: { Menu } }) => {
    const { items } = Menu.buildFromTemplate([
      { label: 'a', type: 'radio', checked: true },
      { label: 'b', type: 'radio' },
      { type: 'separator' },
      { label: 'c', type: 'radio', checked: true },
    ]);
    click(items[1]);
    assert.deepEqual(
      items.map(({ checked }) => checked),
      [false, true, false, true],
    );
  });
  check('menuItem.menu', 'is the menu that it is a part of', ({ electron: { Menu } }) => {
    const menu = Menu.buildFromTemplate([{ label: 'a' }]);
    assert.equal(menu.items[0]?.menu, menu);
  });
  check('menuItem.enabled', 'can be changed', ({ electron: { Menu } }) => {
    const [item] = Menu.buildFromTemplate([{ label: 'a', enabled: false }]).items;
    assert.ok(item && !item.enabled);
    item.enabled = true;
    assert.ok(item.enabled);
  });
  check('menuItem.accelerator', 'is what the options say', ({ electron: { MenuItem } }) => {
    assert.equal(new MenuItem({ label: 'a', accelerator: 'Ctrl+Y' }).accelerator, 'Ctrl+Y');
  });
  check('Roles', 'a role gives the item its label', ({ electron: { MenuItem } }) => {
    assert.equal(new MenuItem({ role: 'undo' }).label, 'Undo');
    assert.equal(new MenuItem({ role: 'selectAll' }).label, 'Select All');
    assert.equal(new MenuItem({ role: 'reload' }).label, 'Reload');
    assert.equal(new MenuItem({ role: 'togglefullscreen' }).label, 'Toggle Full Screen');
  });
  check('Roles', 'a label that is given is kept', ({ electron: { MenuItem } }) => {
    assert.equal(new MenuItem({ role: 'close', label: 'Bye' }).label, 'Bye');
  });
  check('Roles', 'are known in any case', ({ electron: { MenuItem } }) => {
    assert.equal(new MenuItem({ role: 'SELECTALL' as never }).label, 'Select All');
  });
  check('Roles', 'editMenu has the editing commands', ({ electron: { MenuItem } }) => {
    const roles = new MenuItem({ role: 'editMenu' }).submenu?.items.map(({ role }) => role?.toLowerCase());
    for (const role of ['undo', 'redo', 'cut', 'copy', 'paste', 'selectall'])
      assert.ok(roles?.includes(role), role);
  });
  check('Roles', 'viewMenu and windowMenu have theirs', ({ electron: { MenuItem } }) => {
    const rolesOf = (role: 'viewMenu' | 'windowMenu') =>
      new MenuItem({ role }).submenu?.items.map((item) => item.role?.toLowerCase());
    for (const role of ['reload', 'forcereload', 'toggledevtools', 'resetzoom', 'zoomin', 'zoomout'])
      assert.ok(rolesOf('viewMenu')?.includes(role), role);
    for (const role of ['minimize', 'close']) assert.ok(rolesOf('windowMenu')?.includes(role), role);
  });
  check(
    'menuItem.role',
    'click is ignored with a role that does something',
    ({ electron: { MenuItem }, window }) => {
      let clicked = false;
      const item = new MenuItem({ role: 'reload', click: () => (clicked = true) });
      const one = window();
      click(item, {}, one, one.webContents);
      assert.equal(clicked, false);
    },
  );
});
