import { EventEmitter } from 'node:events';
import type { MenuItemConstructorOptions, PopupOptions } from 'electron';
import { ElectronEvent } from '../electron-event.ts';
import { accelerators } from '../input/accelerators.ts';
import type { ShownItem } from '../panel/panel.ts';
import { windows } from '../window/window-registry.ts';
import { webContents } from '../web-contents/registry.ts';
import { inOrder } from './item-order.ts';
import { type MenuEvent, MenuItem } from './menu-item.ts';

let applicationMenu: Menu | null = null;

/**
 * A menu. There is no menu bar here: the application's menu is what its accelerators come from, and `popup` draws a menu in the
 * window.
 */
export class Menu extends EventEmitter {
  readonly items: MenuItem[] = [];

  /** Throws for what is no array and for an item without a label, a role or a type. */
  static buildFromTemplate(template: readonly (MenuItemConstructorOptions | MenuItem)[]): Menu {
    if (!Array.isArray(template))
      throw new TypeError('Invalid template for Menu: Menu template must be an array');
    const menu = new Menu();
    for (const entry of inOrder(template as readonly (MenuItemConstructorOptions | MenuItem)[]))
      menu.append(entry instanceof MenuItem ? entry : itemFrom(entry));
    return menu;
  }

  /** Its accelerators work from now on wherever the keyboard is; null takes them away. */
  static setApplicationMenu(menu: Menu | null): void {
    applicationMenu = menu;
    registerAccelerators();
  }

  static getApplicationMenu(): Menu | null {
    return applicationMenu;
  }

  append(item: MenuItem): void {
    this.insert(this.items.length, item);
  }

  /** Throws for what is no item and for a position outside the menu. */
  insert(position: number, item: MenuItem): void {
    // JavaScript can pass anything.
    if (!((item as unknown) instanceof MenuItem)) throw new TypeError('Invalid item');
    if (position < 0) throw new RangeError(`Position ${position} cannot be less than 0`);
    if (position > this.items.length)
      throw new RangeError(`Position ${position} cannot be greater than the total MenuItem count`);
    this.items.splice(position, 0, item);
    item.menu = this;
    if (applicationMenu && allItems(applicationMenu).includes(item)) registerAccelerators();
  }

  getMenuItemById(id: string): MenuItem | null {
    return allItems(this).find((item) => item.id === id) ?? null;
  }

  /** Draws the menu in the window that has the focus; `callback` runs when it is closed. */
  popup(options: PopupOptions = {}): void {
    const wanted: unknown = options.window;
    const open = windows.all();
    const window =
      open.find((candidate) => candidate === wanted) ?? open.find((one) => one.isFocused()) ?? open[0];
    if (!window?.compositor) throw new Error('A menu can only be shown in a window that has been loaded.');
    this.emit('menu-will-show', new ElectronEvent());
    const { compositor } = window;
    void compositor.showMenu(this.items.map(shown), placeOf(options)).then((path) => {
      this.emit('menu-will-close', new ElectronEvent());
      let items: readonly MenuItem[] = this.items;
      let chosen: MenuItem | undefined;
      for (const index of path) {
        chosen = items[index];
        items = chosen?.submenu?.items ?? [];
      }
      if (chosen) choose(chosen, {});
      options.callback?.();
    });
  }

  closePopup(): void {
    for (const { compositor } of windows.all()) void compositor?.closePanel();
  }
}

/** What the layer draws of an item. */
function shown(item: MenuItem): ShownItem {
  return {
    label: item.label,
    accelerator: item.accelerator ?? '',
    separator: item.type === 'separator',
    enabled: item.enabled,
    visible: item.visible,
    checked: item.type === 'checkbox' || item.type === 'radio' ? item.checked : null,
    items: item.submenu?.items.map(shown) ?? [],
  };
}

/** Null is where the mouse is. */
function placeOf({ x, y }: PopupOptions): { x: number; y: number } | null {
  return x === undefined || y === undefined ? null : { x, y };
}

function itemFrom(options: MenuItemConstructorOptions): MenuItem {
  if (options.label === undefined && options.role === undefined && options.type === undefined)
    throw new TypeError('Invalid template for MenuItem: must have at least one of label, role or type');
  return new MenuItem(options);
}

/** A person has chosen `item`: it acts where the keyboard is. */
function choose(item: MenuItem, event: MenuEvent): void {
  if (!item.enabled) return;
  const window = windows.all().find((candidate) => candidate.isFocused()) ?? windows.all()[0];
  item.click(event, window, webContents.getFocusedWebContents() ?? undefined);
}

function allItems(menu: Menu): MenuItem[] {
  return menu.items.flatMap((item) => [item, ...(item.submenu ? allItems(item.submenu) : [])]);
}

function registerAccelerators(): void {
  const items = applicationMenu ? allItems(applicationMenu) : [];
  accelerators.set(
    items.flatMap((item) => {
      const { accelerator } = item;
      if (accelerator === null || accelerator === '' || !item.registerAccelerator) return [];
      const run = () => {
        if (item.visible || item.acceleratorWorksWhenHidden) choose(item, { triggeredByAccelerator: true });
      };
      return [{ accelerator, run }];
    }),
  );
}
