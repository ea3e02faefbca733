import type { SessionId, UiCommand } from '@retrace/protocol';
import type { BaseWindow, KeyboardEvent, MenuItemConstructorOptions } from 'electron';

/** What the menu can set going. */
export interface MenuActions {
  /** Has the window carry out a command of its own. */
  command(command: UiCommand): void;
  /** Takes back the newest action; a shortcut while a page has the keyboard takes back typing in that page instead. */
  undo(event: { readonly byShortcut: boolean }): void;
  reload(id: SessionId): void;
  back(id: SessionId): void;
  forward(id: SessionId): void;
  activate(id: SessionId): void;
  /** The session that is shown, or null. */
  active(): SessionId | null;
  /** The session at a place of the list, from 0; -1 is the last one. */
  atPlace(place: number): SessionId | null;
}

/**
 * The application menu. It is also where the shortcuts live, for they must work while a page has the keyboard.
 *
 * Ctrl+Z belongs to whoever has the keyboard, see {@link MenuActions.undo}. Ctrl+Shift+T, which brings a closed tab back in
 * every browser, takes back the newest action from anywhere.
 */
export function menuTemplate(
  actions: MenuActions,
  facts: { readonly isPackaged: boolean; readonly platform: NodeJS.Platform },
): MenuItemConstructorOptions[] {
  const isMac = facts.platform === 'darwin';
  const ask = (label: string, command: UiCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => actions.command(command),
    ...(accelerator !== undefined && { accelerator }),
  });
  const onActive = (
    label: string,
    accelerator: string,
    act: (id: SessionId) => void,
  ): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => {
      const id = actions.active();
      if (id !== null) act(id);
    },
  });
  const hidden = (item: MenuItemConstructorOptions): MenuItemConstructorOptions => ({
    ...item,
    visible: false,
    acceleratorWorksWhenHidden: true,
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };

  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        ask('New Session…', 'new-session', 'CmdOrCtrl+T'),
        ask('Switch Session…', 'switch-session', 'CmdOrCtrl+K'),
        separator,
        ask('Rename Session', 'rename-session', 'F2'),
        ask('Delete Session', 'delete-session', 'CmdOrCtrl+W'),
        separator,
        { role: isMac ? 'close' : 'quit' },
      ],
    },
    {
      label: '&Edit',
      submenu: [
        {
          label: 'Undo',
          accelerator: 'CmdOrCtrl+Z',
          click: (_item: unknown, _window: BaseWindow | undefined, event: KeyboardEvent) =>
            actions.undo({ byShortcut: event.triggeredByAccelerator ?? false }),
        },
        ask('Take Back the Last Change', 'undo', 'CmdOrCtrl+Shift+T'),
        separator,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: '&View',
      submenu: [
        onActive('Reload', 'CmdOrCtrl+R', (id) => actions.reload(id)),
        hidden(onActive('Reload', 'F5', (id) => actions.reload(id))),
        ask('Address', 'focus-address', 'CmdOrCtrl+L'),
        separator,
        ask('History', 'show-timeline', 'CmdOrCtrl+H'),
        ask('Trash', 'show-trash'),
        separator,
        { role: 'togglefullscreen' },
        ...(facts.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
      ],
    },
    {
      label: '&Go',
      submenu: [
        onActive('Back', isMac ? 'Cmd+[' : 'Alt+Left', (id) => actions.back(id)),
        onActive('Forward', isMac ? 'Cmd+]' : 'Alt+Right', (id) => actions.forward(id)),
        separator,
        ...Array.from({ length: 9 }, (_, place): MenuItemConstructorOptions => {
          const isLast = place === 8;
          return {
            label: isLast ? 'Last Session' : `Session ${place + 1}`,
            accelerator: `CmdOrCtrl+${place + 1}`,
            click: () => {
              const id = actions.atPlace(isLast ? -1 : place);
              if (id !== null) actions.activate(id);
            },
          };
        }),
      ],
    },
    ...(isMac ? [{ role: 'windowMenu' } as const] : []),
    { label: '&Help', submenu: [ask('About Retrace', 'about')] },
  ];
}
