import { describe, expect, it } from '@jest/globals';
import type { SessionId } from '@retrace/protocol';
import type { MenuItem, MenuItemConstructorOptions } from 'electron';
import { menuTemplate } from './menu.ts';
import type { MenuActions } from './menu.ts';

const SHOWN = 'shown' as SessionId;

function makeMenu(
  options: { active?: SessionId | null; isPackaged?: boolean; platform?: NodeJS.Platform } = {},
) {
  const { active = SHOWN, isPackaged = true, platform = 'linux' } = options;
  const done: string[] = [];
  const actions: MenuActions = {
    command: (command) => done.push(command),
    undo: ({ byShortcut }) => done.push(byShortcut ? 'undo by shortcut' : 'undo by mouse'),
    reload: (id) => done.push(`reload ${id}`),
    back: (id) => done.push(`back ${id}`),
    forward: (id) => done.push(`forward ${id}`),
    activate: (id) => done.push(`activate ${id}`),
    active: () => active,
    atPlace: (place) => (place < 3 ? (`place ${place}` as SessionId) : null),
  };
  const items = menuTemplate(actions, { isPackaged, platform }).flatMap((menu) =>
    // Submenus are written as lists above.
    Array.isArray(menu.submenu) ? menu.submenu : [],
  );
  const press = (accelerator: string, triggeredByAccelerator = true) => {
    const item = items.find((candidate) => candidate.accelerator === accelerator);
    // No item looks at itself or at the window.
    item?.click?.(undefined as unknown as MenuItem, undefined, { triggeredByAccelerator });
    return done;
  };
  return { items, press, done };
}

const roles = (items: MenuItemConstructorOptions[]) => items.map(({ role }) => role);

describe('the menu', () => {
  it.each([
    ['CmdOrCtrl+T', 'new-session'],
    ['CmdOrCtrl+K', 'switch-session'],
    ['CmdOrCtrl+L', 'focus-address'],
    ['F2', 'rename-session'],
    ['CmdOrCtrl+W', 'delete-session'],
    ['CmdOrCtrl+Shift+T', 'undo'],
    ['CmdOrCtrl+H', 'show-timeline'],
    ['CmdOrCtrl+R', 'reload shown'],
    ['F5', 'reload shown'],
    ['Alt+Left', 'back shown'],
    ['Alt+Right', 'forward shown'],
    ['CmdOrCtrl+1', 'activate place 0'],
    ['CmdOrCtrl+3', 'activate place 2'],
    ['CmdOrCtrl+9', 'activate place -1'],
    ['CmdOrCtrl+Z', 'undo by shortcut'],
  ])('%s does “%s”', (accelerator, expected) => {
    expect(makeMenu().press(accelerator)).toEqual([expected]);
  });

  it('tells a chosen Undo from a pressed one', () => {
    expect(makeMenu().press('CmdOrCtrl+Z', false)).toEqual(['undo by mouse']);
  });

  it('does nothing where there is no session', () => {
    expect(makeMenu({ active: null }).press('CmdOrCtrl+R')).toEqual([]);
    expect(makeMenu().press('CmdOrCtrl+5')).toEqual([]);
  });

  it('gives each shortcut to one item', () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      const shortcuts = makeMenu({ platform }).items.flatMap(({ accelerator }) => accelerator ?? []);
      expect(new Set(shortcuts).size).toBe(shortcuts.length);
    }
  });

  it('offers developer tools only in an unpackaged run', () => {
    expect(roles(makeMenu({ isPackaged: true }).items)).not.toContain('toggleDevTools');
    expect(roles(makeMenu({ isPackaged: false }).items)).toContain('toggleDevTools');
  });
});
