/// <reference lib="dom" />
import type {
  FolderAnswer,
  MessageAnswer,
  PanelDoor,
  ShownFolder,
  ShownItem,
  ShownMessage,
} from './panel.ts';

/**
 * Runs in the world of the view layer: draws the menus and message boxes of the app, which have no native ones here, above page
 * and views. It refers to nothing outside itself.
 */
export function panelScript(): void {
  if (window.top !== window) return;

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; position: fixed; inset: 0; width: 100%; height: 100%; border: 0; padding: 0; margin: 0;
      background: transparent; font: 14px/1.4 system-ui, sans-serif; color-scheme: light dark; color: CanvasText; }
    .shade { position: absolute; inset: 0; }
    .shade.dim { background: rgb(0 0 0 / 35%); display: grid; place-items: center; }
    .menu { position: absolute; min-width: 180px; padding: 4px; border-radius: 8px; background: Canvas;
      border: 1px solid GrayText; box-shadow: 0 6px 24px rgb(0 0 0 / 30%); max-height: 90vh; overflow: auto; }
    .menu button { display: flex; gap: 24px; justify-content: space-between; width: 100%; padding: 5px 10px; border: 0;
      border-radius: 5px; background: none; color: inherit; font: inherit; text-align: start; }
    .menu button:focus { outline: none; background: Highlight; color: HighlightText; }
    .menu button:disabled { color: GrayText; }
    hr { border: 0; border-top: 1px solid GrayText; opacity: .4; margin: 4px 6px; }
    .box { max-width: min(480px, 90vw); padding: 20px; border-radius: 10px; background: Canvas; border: 1px solid GrayText;
      box-shadow: 0 12px 48px rgb(0 0 0 / 40%); white-space: pre-wrap; overflow-wrap: anywhere; }
    .box h1 { font-size: 15px; margin: 0 0 8px; } .box p { margin: 0 0 12px; } .box label { display: block; margin: 0 0 12px; }
    .box input[type=text] { width: 100%; box-sizing: border-box; font: inherit; margin: 0 0 12px; }
    .files { list-style: none; margin: 0 0 12px; padding: 4px; height: 240px; width: min(440px, 80vw); overflow: auto;
      border: 1px solid GrayText; border-radius: 6px; white-space: nowrap; }
    .files button { display: block; width: 100%; border: 0; border-radius: 4px; padding: 3px 8px; background: none; color: inherit;
      font: inherit; text-align: start; }
    .files button[aria-pressed=true] { background: Highlight; color: HighlightText; }
    .row { display: flex; gap: 8px; justify-content: end; flex-wrap: wrap; } .row button { font: inherit; padding: 5px 14px; }
  `);

  const mouse = { x: 0, y: 0 };
  addEventListener(
    'mousemove',
    ({ clientX, clientY }) => Object.assign(mouse, { x: clientX, y: clientY }),
    true,
  );
  addEventListener(
    'contextmenu',
    ({ clientX, clientY }) => Object.assign(mouse, { x: clientX, y: clientY }),
    true,
  );

  let closeOpen: () => void = () => undefined;

  /** Shows `fill`'s elements until `done` is called. Opening another closes the one before it. */
  const open = <T>(
    dim: boolean,
    dismissed: T,
    fill: (shade: HTMLElement, done: (value: T) => void) => void,
  ): Promise<T> =>
    new Promise((resolve) => {
      closeOpen();
      const host = document.createElement('div');
      host.setAttribute('popover', 'manual');
      host.setAttribute('data-electron-panel', '');
      const root = host.attachShadow({ mode: 'closed' });
      root.adoptedStyleSheets = [sheet];
      const before = document.activeElement;
      const done = (value: T): void => {
        if (!host.isConnected) return;
        host.remove();
        if (before instanceof HTMLElement) before.focus({ preventScroll: true });
        resolve(value);
      };
      closeOpen = () => done(dismissed);
      const shade = document.createElement('div');
      shade.className = dim ? 'shade dim' : 'shade';
      shade.addEventListener('contextmenu', (event) => event.preventDefault());
      if (!dim)
        shade.addEventListener('mousedown', (event) => {
          if (event.target === shade) done(dismissed);
        });
      shade.addEventListener('keydown', (event) => {
        event.stopPropagation();
        if (event.key === 'Escape') done(dismissed);
      });
      root.append(shade);
      document.documentElement.append(host);
      host.showPopover();
      fill(shade, done);
    });

  /** Prevented, because the key would also press the button of the page that gets the focus back. */
  const whenEntered = (field: HTMLInputElement, act: () => void): void =>
    field.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      act();
    });

  const drawMenu = (
    shade: HTMLElement,
    items: readonly ShownItem[],
    x: number,
    y: number,
    choose: (path: number[]) => void,
  ): HTMLElement => {
    const list = document.createElement('div');
    list.className = 'menu';
    list.role = 'menu';
    let inner: HTMLElement | undefined;
    items.forEach((item, index) => {
      if (!item.visible) return;
      if (item.separator) {
        list.append(document.createElement('hr'));
        return;
      }
      const button = document.createElement('button');
      button.role = item.checked === null ? 'menuitem' : 'menuitemcheckbox';
      if (item.checked !== null) button.ariaChecked = String(item.checked);
      button.disabled = !item.enabled;
      const label = document.createElement('span');
      label.textContent = `${item.checked === true ? '✓ ' : ''}${item.label.replace(/&(.)/g, '$1')}`;
      const keys = document.createElement('span');
      keys.textContent = item.items.length > 0 ? '▸' : item.accelerator;
      button.append(label, keys);
      const enter = (): void => {
        inner?.remove();
        inner = undefined;
        if (item.items.length === 0) return;
        const box = button.getBoundingClientRect();
        inner = drawMenu(shade, item.items, box.right, box.top, (path) => choose([index, ...path]));
      };
      button.addEventListener('mouseenter', () => {
        button.focus();
        enter();
      });
      button.addEventListener('click', () => (item.items.length > 0 ? enter() : choose([index])));
      list.append(button);
    });
    list.addEventListener('keydown', (event) => {
      const buttons = [...list.querySelectorAll<HTMLButtonElement>('button:enabled')];
      const at = buttons.findIndex((button) => button.matches(':focus'));
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const typed = event.key.length === 1 && event.key !== ' ' ? event.key.toLowerCase() : undefined;
      if (step !== undefined) buttons.at((at + step) % buttons.length)?.focus();
      else if (typed !== undefined)
        [...buttons.slice(at + 1), ...buttons.slice(0, at + 1)]
          .find((button) => button.textContent.replace('✓', '').trim().toLowerCase().startsWith(typed))
          ?.focus();
      else return;
      event.preventDefault();
    });
    shade.append(list);
    list.style.left = `${Math.max(0, Math.min(x, innerWidth - list.offsetWidth))}px`;
    list.style.top = `${Math.max(0, Math.min(y, innerHeight - list.offsetHeight))}px`;
    const checked = list.querySelector<HTMLButtonElement>('button[aria-checked=true]:enabled');
    (checked ?? list.querySelector<HTMLButtonElement>('button:enabled'))?.focus();
    return list;
  };

  const drawMessage = (
    shade: HTMLElement,
    shown: ShownMessage,
    done: (answer: MessageAnswer) => void,
  ): void => {
    const box = document.createElement('div');
    box.className = 'box';
    box.role = 'alertdialog';
    box.ariaModal = 'true';
    const add = <K extends keyof HTMLElementTagNameMap>(tag: K, text: string): HTMLElementTagNameMap[K] => {
      const element = document.createElement(tag);
      element.textContent = text;
      box.append(element);
      return element;
    };
    if (shown.title !== '') box.ariaLabel = add('h1', shown.title).textContent;
    if (shown.message !== '') add('p', shown.message);
    if (shown.detail !== '') add('p', shown.detail);
    const field = document.createElement('input');
    field.type = 'text';
    if (shown.input !== null) {
      field.value = shown.input;
      box.append(field);
    }
    const tick = document.createElement('input');
    tick.type = 'checkbox';
    tick.checked = shown.checkboxChecked;
    if (shown.checkboxLabel !== '') add('label', ` ${shown.checkboxLabel}`).prepend(tick);
    const answer = (response: number): void =>
      done({ response, checkboxChecked: tick.checked, input: field.value });
    const row = add('div', '');
    row.className = 'row';
    const buttons = shown.buttons.map((label, index) => {
      const button = document.createElement('button');
      button.textContent = label;
      button.addEventListener('click', () => answer(index));
      row.append(button);
      return button;
    });
    whenEntered(field, () => answer(shown.defaultId));
    shade.append(box);
    if (shown.input === null) (buttons[shown.defaultId] ?? buttons[0])?.focus();
    else field.select();
  };

  const drawFolder = (shade: HTMLElement, shown: ShownFolder, done: (answer: FolderAnswer) => void): void => {
    const box = document.createElement('div');
    box.className = 'box';
    box.role = 'dialog';
    box.ariaModal = 'true';
    const title = document.createElement('h1');
    title.textContent = box.ariaLabel = shown.title;
    const path = document.createElement('p');
    path.textContent = shown.folder;
    const list = document.createElement('ul');
    list.className = 'files';
    const field = document.createElement('input');
    field.type = 'text';
    field.value = shown.name;
    const chosen = new Set<string>();
    const choose = (): void => {
      const names = chosen.size > 0 ? [...chosen] : [field.value];
      if (names.some((name) => name !== '')) done({ kind: 'chosen', names });
    };
    for (const { name, isFolder } of [{ name: '..', isFolder: true }, ...shown.entries]) {
      const button = document.createElement('button');
      button.textContent = isFolder ? `${name}/` : name;
      button.addEventListener('click', () => {
        if (isFolder) {
          done({ kind: 'entered', name });
          return;
        }
        if (!shown.picksMany) chosen.clear();
        if (!chosen.delete(name)) chosen.add(name);
        field.value = [...chosen].join(', ');
        for (const other of list.querySelectorAll('button'))
          other.ariaPressed = String(chosen.has(other.textContent));
      });
      button.addEventListener('dblclick', () => done({ kind: 'chosen', names: [name] }));
      const row = document.createElement('li');
      row.append(button);
      list.append(row);
    }
    field.addEventListener('input', () => chosen.clear());
    whenEntered(field, choose);
    const row = document.createElement('div');
    row.className = 'row';
    for (const [label, act] of [
      ['Cancel', () => done({ kind: 'cancelled' })],
      [shown.buttonLabel, choose],
    ] as const) {
      const button = document.createElement('button');
      button.textContent = label;
      button.addEventListener('click', act);
      row.append(button);
    }
    box.append(title, path, list, field, row);
    shade.append(box);
    field.select();
  };

  const door: PanelDoor = {
    menu: (items, place) =>
      open<number[]>(false, [], (shade, done) => {
        const { x, y } = place ?? mouse;
        const list = drawMenu(shade, items, x, y, done);
        list.style.minWidth = `${Math.max(180, place?.width ?? 0)}px`;
      }),
    message: (shown) =>
      open<MessageAnswer>(
        true,
        { response: shown.cancelId, checkboxChecked: shown.checkboxChecked, input: '' },
        (shade, done) => drawMessage(shade, shown, done),
      ),
    folder: (shown) =>
      open<FolderAnswer>(true, { kind: 'cancelled' }, (shade, done) => drawFolder(shade, shown, done)),
    close: () => closeOpen(),
  };
  Reflect.set(globalThis, 'electronPanels', door);
}
