import assert from 'node:assert/strict';
import { page } from '../page.ts';

export const view = page('view', (check) => {
  check('view.addChildView(view[, index])', 'adds on top, or at the index', ({ electron: { View } }) => {
    const [parent, a, b, c] = [new View(), new View(), new View(), new View()];
    parent.addChildView(a);
    parent.addChildView(b);
    parent.addChildView(c, 0);
    assert.deepEqual(parent.children, [c, a, b]);
  });
  check(
    'view.addChildView(view[, index])',
    'a child that is there goes to the top',
    ({ electron: { View } }) => {
      const [parent, a, b] = [new View(), new View(), new View()];
      parent.addChildView(a);
      parent.addChildView(b);
      parent.addChildView(a);
      assert.deepEqual(parent.children, [b, a]);
    },
  );
  check(
    'view.addChildView(view[, index])',
    'takes the view from its former parent',
    ({ electron: { View } }) => {
      const [one, two, child] = [new View(), new View(), new View()];
      one.addChildView(child);
      two.addChildView(child);
      assert.deepEqual([one.children, two.children], [[], [child]]);
    },
  );
  check('view.addChildView(view[, index])', 'a view cannot be its own child', ({ electron: { View } }) => {
    const one = new View();
    assert.throws(() => one.addChildView(one), /A view cannot be added as its own child/);
  });
  check('view.removeChildView(view)', 'removes; a stranger is ignored', ({ electron: { View } }) => {
    const [parent, child] = [new View(), new View()];
    parent.addChildView(child);
    parent.removeChildView(new View());
    parent.removeChildView(child);
    assert.deepEqual(parent.children, []);
  });
  check('view.setBounds(bounds[, options])', 'is what getBounds answers', ({ electron: { View } }) => {
    const one = new View();
    one.setBounds({ x: 1, y: 2, width: 30, height: 40 });
    assert.deepEqual(one.getBounds(), { x: 1, y: 2, width: 30, height: 40 });
  });
  check("Event: 'bounds-changed'", 'is told for new bounds', ({ electron: { View } }) => {
    const one = new View();
    let told = 0;
    one.on('bounds-changed', () => (told += 1));
    one.setBounds({ x: 1, y: 2, width: 30, height: 40 });
    assert.equal(told, 1);
  });
  check('view.setVisible(visible)', 'is what getVisible answers', ({ electron: { View } }) => {
    const one = new View();
    assert.equal(one.getVisible(), true);
    one.setVisible(false);
    assert.equal(one.getVisible(), false);
  });
  check('view.children', 'cannot be changed through', ({ electron: { View } }) => {
    const one = new View();
    one.children.push(new View());
    assert.deepEqual(one.children, []);
  });
});
