import type { MenuItemConstructorOptions } from 'electron';
import { windows } from '../window/window-registry.ts';
import { roleNamed, type RoleName, runRole } from './roles.ts';
import type { Menu } from './menu.ts';

let lastCommandId = 0;

/** One entry of a menu. Made by `Menu.buildFromTemplate`, which also makes its submenu. */
export class MenuItem {
  readonly commandId = ++lastCommandId;
  readonly id: string;
  readonly type: NonNullable<MenuItemConstructorOptions['type']>;
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
  /** Runs the item as if a person had chosen it. */
  click: (event?: { readonly triggeredByAccelerator?: boolean }) => void;

  constructor(options: MenuItemConstructorOptions, submenu?: Menu) {
    const role = options.role === undefined ? undefined : roleNamed(options.role);
    this.id = options.id ?? '';
    if (options.role !== undefined) this.role = options.role;
    if (submenu) this.submenu = submenu;
    this.type = options.type ?? (submenu ? 'submenu' : 'normal');
    if (this.type === 'submenu' && !submenu) throw new Error('Invalid submenu');
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
    this.click = (event = {}) => {
      if (!this.enabled) return;
      if (this.type === 'checkbox') this.checked = !this.checked;
      if (this.type === 'radio') this.#choose();
      const window = windows.all().find((candidate) => candidate.isFocused()) ?? windows.all()[0];
      // Electron's types name Electron's own classes and the DOM's event, for which this runtime's objects stand.
      const click = options.click as unknown as
        ((item: MenuItem, window: unknown, event: unknown) => void) | undefined;
      if (click) click(this, window, event);
      else if (role) runRole(role);
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
