import assert from 'node:assert/strict';
import { page } from '../page.ts';

export const screen = page('screen', (check) => {
  check('screen.getPrimaryDisplay()', 'has bounds, a work area and a scale', ({ electron: { screen } }) => {
    const { bounds, workArea, scaleFactor, size, id } = screen.getPrimaryDisplay();
    assert.ok(bounds.width > 0 && bounds.height > 0 && workArea.width <= bounds.width && scaleFactor > 0);
    assert.deepEqual(size, { width: bounds.width, height: bounds.height });
    assert.equal(typeof id, 'number');
  });
  check('screen.getAllDisplays()', 'has the primary one', ({ electron: { screen } }) => {
    assert.ok(screen.getAllDisplays().some(({ id }) => id === screen.getPrimaryDisplay().id));
  });
  check(
    'screen.getDisplayNearestPoint(point)',
    'and getDisplayMatching find a display',
    ({ electron: { screen } }) => {
      const { bounds, id } = screen.getPrimaryDisplay();
      assert.equal(screen.getDisplayNearestPoint({ x: bounds.x + 1, y: bounds.y + 1 }).id, id);
      assert.equal(screen.getDisplayMatching(bounds).id, id);
    },
  );
  check('screen.getCursorScreenPoint()', 'is a point', ({ electron: { screen } }) => {
    const { x, y } = screen.getCursorScreenPoint();
    assert.deepEqual([typeof x, typeof y], ['number', 'number']);
  });
});
