import assert from 'node:assert/strict';
import { once } from 'node:events';
import type * as Electron from 'electron';
import { page } from '../page.ts';
import type { Stage } from '../stage.ts';

function base(
  { electron: { BaseWindow }, afterwards }: Stage,
  options: Electron.BaseWindowConstructorOptions = {},
) {
  const window = new BaseWindow({ show: false, ...options });
  afterwards(() => window.isDestroyed() || window.destroy());
  return window;
}

export const baseWindow = page('base-window', (check) => {
  check('new BaseWindow([options])', 'is 800 by 600 by default', (stage) => {
    assert.deepEqual(base(stage).getSize(), [800, 600]);
  });
  check('new BaseWindow([options])', 'has the title of the options', (stage) => {
    assert.equal(base(stage, { title: 'Mine' }).getTitle(), 'Mine');
  });
  check('BaseWindow.getAllWindows()', 'has it while it is open', (stage) => {
    const { BaseWindow } = stage.electron;
    const window = base(stage);
    assert.ok(BaseWindow.getAllWindows().includes(window));
    window.destroy();
    assert.ok(!BaseWindow.getAllWindows().includes(window));
  });
  check('BaseWindow.fromId(id)', 'finds it, or is null', (stage) => {
    const { BaseWindow } = stage.electron;
    const window = base(stage);
    assert.equal(BaseWindow.fromId(window.id), window);
    assert.equal(BaseWindow.fromId(987_654), null);
  });
  check('win.contentView', 'is a view, and can be replaced', (stage) => {
    const { View } = stage.electron;
    const window = base(stage);
    assert.ok(window.contentView instanceof View);
    const other = new View();
    window.contentView = other;
    assert.equal(window.contentView, other);
    assert.equal(window.getContentView(), other);
  });
  check('win.setBounds(bounds[, animate])', 'moves and resizes', (stage) => {
    const window = base(stage);
    window.setBounds({ x: 20, y: 30, width: 500, height: 400 });
    assert.deepEqual(window.getBounds(), { x: 20, y: 30, width: 500, height: 400 });
    window.setBounds({ width: 450 });
    assert.deepEqual(window.getSize(), [450, 400]);
  });
  check('win.setSize(width, height[, animate])', 'is what getSize answers', (stage) => {
    const window = base(stage);
    window.setSize(333, 222);
    assert.deepEqual(window.getSize(), [333, 222]);
  });
  check('win.setMinimumSize(width, height)', 'and setMaximumSize are remembered', (stage) => {
    const window = base(stage);
    window.setMinimumSize(100, 110);
    window.setMaximumSize(900, 910);
    assert.deepEqual(
      [window.getMinimumSize(), window.getMaximumSize()],
      [
        [100, 110],
        [900, 910],
      ],
    );
  });
  check('win.setResizable(resizable)', 'is what isResizable answers', (stage) => {
    const window = base(stage);
    assert.equal(window.isResizable(), true);
    window.setResizable(false);
    assert.equal(window.isResizable(), false);
    assert.equal(window.resizable, false);
  });
  check('win.setTitle(title)', 'is what getTitle answers', (stage) => {
    const window = base(stage);
    window.setTitle('New');
    assert.equal(window.getTitle(), 'New');
    window.title = 'Newer';
    assert.equal(window.getTitle(), 'Newer');
  });
  check('win.setBackgroundColor(backgroundColor)', 'is what getBackgroundColor answers', (stage) => {
    const window = base(stage);
    window.setBackgroundColor('#AABBCC');
    assert.equal(window.getBackgroundColor(), '#AABBCC');
  });
  check("Event: 'resize'", 'is told after a new size', async (stage) => {
    const window = base(stage, { show: true });
    const resized = once(window, 'resize');
    window.setSize(350, 250);
    await resized;
  });
  check("Event: 'close'", 'preventDefault keeps the window', (stage) => {
    const window = base(stage);
    window.on('close', (event) => event.preventDefault());
    window.close();
    assert.equal(window.isDestroyed(), false);
  });
  check("Event: 'closed'", 'comes after close', async (stage) => {
    const window = base(stage);
    const log: string[] = [];
    window.on('close', () => log.push('close'));
    window.on('closed', () => log.push('closed'));
    const closed = once(window, 'closed');
    window.close();
    await closed;
    assert.deepEqual(log, ['close', 'closed']);
    assert.equal(window.isDestroyed(), true);
  });
  check('win.destroy()', 'tells closed only', (stage) => {
    const window = base(stage);
    const log: string[] = [];
    window.on('close', () => log.push('close'));
    window.on('closed', () => log.push('closed'));
    window.destroy();
    assert.deepEqual(log, ['closed']);
  });
  check("Event: 'show'", 'and hide are told', async (stage) => {
    const window = base(stage);
    const shown = once(window, 'show');
    window.show();
    await shown;
    assert.equal(window.isVisible(), true);
    const hidden = once(window, 'hide');
    window.hide();
    await hidden;
    assert.equal(window.isVisible(), false);
  });
  check('win.getParentWindow()', 'and getChildWindows know each other', (stage) => {
    const parent = base(stage);
    const child = base(stage, { parent });
    assert.equal(child.getParentWindow(), parent);
    assert.deepEqual(parent.getChildWindows(), [child]);
    assert.equal(parent.getParentWindow(), null);
  });
  check('win.isNormal()', 'is true for a new window', (stage) => {
    const window = base(stage);
    assert.deepEqual(
      [
        window.isNormal(),
        window.isMaximized(),
        window.isMinimized(),
        window.isFullScreen(),
        window.isModal(),
      ],
      [true, false, false, false, false],
    );
  });
  for (const [set, is] of [
    ['setMovable', 'isMovable'],
    ['setMinimizable', 'isMinimizable'],
    ['setMaximizable', 'isMaximizable'],
    ['setFullScreenable', 'isFullScreenable'],
    ['setClosable', 'isClosable'],
  ] as const)
    check.differs(`BaseWindow.${set}`, `win.${set}(…)`, `${is} is true by default`, (stage) => {
      assert.equal(base(stage)[is](), true);
    });
});
