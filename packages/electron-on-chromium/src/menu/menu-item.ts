import type { MenuItemConstructorOptions } from 'electron';
import type { WebContents } from '../web-contents/web-contents.ts';
import type { BaseWindow } from '../window/base-window.ts';
import { unsupported } from '../unsupported.ts';
import { Menu } from './menu.ts';
import { roleNamed, type RoleName } from './roles.ts';

let lastCommandId = 0;

const types = ['normal', 'separator', 'submenu', 'checkbox', 'radio', 'header', 'palette'] as const;

/** What `click` of an item is called with; only `triggeredByAccelerator` of the event is ever said. */
export interface MenuEvent {
  readonly triggeredByAccelerator?: boolean;
}

/** One entry of a menu. Other fields of its options become properties of it. */
export class MenuItem {
  readonly commandId = ++lastCommandId;
  readonly id: string;
  readonly type: (typeof types)[number];
  readonly role?: RoleName;
  readonly accelerator: string | null;
  readonly registerAccelerator: boolean;
  readonly acceleratorWorksWhenHidden: boolean;
  readonly submenu?: Menu;
  readonly sublabel: string;
  readonly toolTip: string;
  label: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  /** The menu that it was put in. */
  menu!: Menu;
  /** What happens when a person chooses the item: its role where there is something to carry it out on, else the app's `click`. */
  click: (event?: MenuEvent, focusedWindow?: BaseWindow, focusedWebContents?: WebContents) => void;

  /** Throws for a submenu without items, an unknown type and a position among groups, which is not supported. */
  constructor(options: MenuItemConstructorOptions) {
    for (const [key, value] of Object.entries(options)) if (!(key in this)) Reflect.set(this, key, value);
    for (const option of ['beforeGroupContaining', 'afterGroupContaining'] as const)
      if (options[option]) unsupported(`MenuItem.${option}`);
    const role = options.role === undefined ? undefined : roleNamed(options.role);
    const submenu = options.submenu ?? role?.submenu;
    this.id = options.id ?? '';
    if (options.role !== undefined) this.role = options.role;
    // An app can only have got a menu from this runtime, whose class Electron's types stand for.
    if (submenu !== undefined)
      this.submenu = Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : (submenu as unknown as Menu);
    this.type = options.type ?? (submenu === undefined ? 'normal' : 'submenu');
    if (this.type === 'submenu' && !this.submenu) throw new Error('Invalid submenu');
    if (!types.includes(this.type)) throw new Error(`Unknown menu item type: ${this.type}`);
    this.label = options.label ?? role?.label ?? '';
    this.sublabel = options.sublabel ?? '';
    this.toolTip = options.toolTip ?? '';
    this.accelerator = options.accelerator ?? role?.accelerator ?? null;
    this.registerAccelerator =
      options.registerAccelerator ?? !(options.accelerator === undefined && role?.keysAreThePages === true);
    this.acceleratorWorksWhenHidden = options.acceleratorWorksWhenHidden ?? true;
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    // Electron's types name Electron's own classes and the DOM's event, for which this runtime's objects stand.
    const click = options.click as unknown as
      ((item: MenuItem, window: BaseWindow | undefined, event: MenuEvent) => void) | undefined;
    this.click = (event = {}, window, contents) => {
      if (this.type === 'checkbox') this.checked = !this.checked;
      if (this.type === 'radio') this.#choose();
      if (role?.carryOut?.(window, contents) === true) return;
      click?.(this, window, event);
    };
  }

  /** One of neighbouring radio items is checked. */
  #choose(): void {
    const { items } = this.menu;
    const at = items.indexOf(this);
    let from = at;
    while (items[from - 1]?.type === 'radio') from -= 1;
    for (const item of items.slice(from)) {
      if (item.type !== 'radio') break;
      item.checked = item === this;
    }
  }
}
