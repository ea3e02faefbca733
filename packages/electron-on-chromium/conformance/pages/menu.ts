import assert from 'node:assert/strict';
import { page } from '../page.ts';

export const menu = page('menu', (check) => {
  const click = () => undefined;

  check('Menu.buildFromTemplate(template)', 'makes items of it, in order', ({ electron: { Menu } }) => {
    const menu = Menu.buildFromTemplate([{ label: 'a' }, { type: 'separator' }, { label: 'b' }]);
    assert.deepEqual(
      menu.items.map(({ label, type }) => [label, type]),
      [
        ['a', 'normal'],
        ['', 'separator'],
        ['b', 'normal'],
      ],
    );
  });
  check(
    'Menu.buildFromTemplate(template)',
    'takes items that are there already',
    ({ electron: { Menu, MenuItem } }) => {
      const item = new MenuItem({ label: 'made', click });
      assert.equal(Menu.buildFromTemplate([item]).items[0], item);
    },
  );
  check(
    'Menu.buildFromTemplate(template)',
    'makes other fields of the template properties of the items',
    ({ electron: { Menu } }) => {
      const template = { label: 'a', colour: 'green' };
      assert.equal(Reflect.get(Menu.buildFromTemplate([template]).items[0] ?? {}, 'colour'), 'green');
    },
  );
  check('Menu.buildFromTemplate(template)', 'nests submenus', ({ electron: { Menu } }) => {
    const menu = Menu.buildFromTemplate([{ label: 'outer', submenu: [{ label: 'inner' }] }]);
    const [item] = menu.items;
    assert.equal(item?.type, 'submenu');
    assert.ok(item.submenu instanceof Menu);
    assert.equal(item.submenu.items[0]?.label, 'inner');
  });
  check(
    'Menu.buildFromTemplate(template)',
    'refuses what is no array, and an item that says nothing',
    ({ electron: { Menu } }) => {
      assert.throws(() => Menu.buildFromTemplate('hello' as never), /Invalid template for Menu/);
      assert.throws(() => Menu.buildFromTemplate([{ visible: true }]), /Invalid template for MenuItem/);
    },
  );
  check('Menu.setApplicationMenu(menu)', 'is what getApplicationMenu answers', ({ electron: { Menu } }) => {
    const menu = Menu.buildFromTemplate([{ label: 'File', submenu: [{ label: 'Open' }] }]);
    Menu.setApplicationMenu(menu);
    assert.deepEqual(
      Menu.getApplicationMenu()?.items.map(({ label }) => label),
      ['File'],
    );
  });
  check('Menu.setApplicationMenu(menu)', 'null takes it away', ({ electron: { Menu } }) => {
    Menu.setApplicationMenu(null);
    assert.equal(Menu.getApplicationMenu(), null);
  });
  check('menu.append(menuItem)', 'adds at the end', ({ electron: { Menu, MenuItem } }) => {
    const menu = Menu.buildFromTemplate([{ label: '1' }]);
    menu.append(new MenuItem({ label: '2' }));
    assert.deepEqual(
      menu.items.map(({ label }) => label),
      ['1', '2'],
    );
  });
  check('menu.insert(pos, menuItem)', 'adds at the position', ({ electron: { Menu, MenuItem } }) => {
    const menu = Menu.buildFromTemplate([{ label: '1' }, { label: '3' }]);
    menu.insert(1, new MenuItem({ label: '2' }));
    assert.deepEqual(
      menu.items.map(({ label }) => label),
      ['1', '2', '3'],
    );
  });
  check('menu.insert(pos, menuItem)', 'refuses what is no item', ({ electron: { Menu } }) => {
    assert.throws(() => new Menu().insert(0, {} as never), /Invalid item/);
  });
  check('menu.getMenuItemById(id)', 'finds an item, also in a submenu', ({ electron: { Menu } }) => {
    const menu = Menu.buildFromTemplate([{ label: 'a', submenu: [{ label: 'b', id: 'wanted' }] }]);
    assert.equal(menu.getMenuItemById('wanted')?.label, 'b');
    assert.equal(menu.getMenuItemById('other'), null);
  });
  check('menu.items', 'is the array of the items', ({ electron: { Menu } }) => {
    assert.deepEqual(new Menu().items, []);
  });
  check('Examples: MenuItem position', 'before puts an item before another', ({ electron: { Menu } }) => {
    const menu = Menu.buildFromTemplate([
      { id: '1', label: 'one' },
      { id: '2', label: 'two' },
      { id: '3', label: 'three', before: ['1'] },
    ]);
    const labels = menu.items.map(({ label }) => label);
    assert.equal(labels.indexOf('three') + 1, labels.indexOf('one'));
  });
  check('Examples: MenuItem position', 'after puts an item behind another', ({ electron: { Menu } }) => {
    const menu = Menu.buildFromTemplate([
      { id: '1', label: 'one', after: ['3'] },
      { id: '2', label: 'two' },
      { id: '3', label: 'three' },
    ]);
    const labels = menu.items.map(({ label }) => label);
    assert.ok(labels.indexOf('one') > labels.indexOf('three'));
  });
});
