/// <reference lib="dom" />
import type { LayerDoor, LayerMouse, LayerReport, LayerSlot, MouseKind } from './layer-protocol.ts';

interface Drawn {
  slot: LayerSlot;
  /** Cuts off what a frame of another size than the view has too much. */
  readonly box: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly context: ImageBitmapRenderingContext | null;
  /** Frames decode in parallel; one that is older than what is shown must not replace it. */
  asked: number;
  shown: number;
}

/**
 * Runs in an isolated world of the window's page, before the page's own scripts: lays one canvas for each view over the page
 * and takes the mouse and keyboard of those areas away from it.
 *
 * The whole function is turned into source text, so it refers to nothing outside itself. It uses no inline style or script, so
 * a strict Content-Security-Policy does not touch it.
 */
export function layerScript(bindingName: string): void {
  // Frames inside the window's page are drawn by the page itself.
  if (window.top !== window) return;

  const report = (message: LayerReport): void => {
    // Chromium puts the binding on this world's global, which the library's types cannot know.
    const send = Reflect.get(globalThis, bindingName) as ((payload: string) => void) | undefined;
    send?.(JSON.stringify(message));
  };

  const drawn = new Map<number, Drawn>();
  let order: Drawn[] = [];
  let focused: number | null = null;
  /** The view in which a button went down: it gets the moves and the release, wherever they happen. */
  let pressedIn: Drawn | null = null;
  let hovered: Drawn | null = null;

  const host = document.createElement('div');
  // Who gives the focus back to the host means the view that has it.
  const root = host.attachShadow({ mode: 'closed', delegatesFocus: true });
  // Holds the focus while a view has it, so that the page sees a blur and input methods have a place to compose in.
  const typing = document.createElement('textarea');
  const style = (element: HTMLElement, properties: Readonly<Record<string, string>>): void => {
    for (const [name, value] of Object.entries(properties))
      element.style.setProperty(name, value, 'important');
  };
  style(host, {
    all: 'initial',
    position: 'fixed',
    inset: '0',
    width: '100%',
    height: '100%',
    margin: '0',
    padding: '0',
    border: '0',
    background: 'transparent',
    overflow: 'hidden',
    'pointer-events': 'none',
    'z-index': '2147483647',
  });
  style(typing, {
    position: 'absolute',
    left: '0',
    top: '0',
    width: '1px',
    height: '1px',
    opacity: '0',
    border: '0',
    padding: '0',
    'pointer-events': 'none',
  });
  host.setAttribute('aria-hidden', 'true');
  // Scripts of the runtime in other worlds know by this that what happens on the host is meant for a view.
  host.setAttribute('data-electron-views', '');
  // The top layer is the only place above the page's own dialogs and popovers, where Electron's views are too.
  host.setAttribute('popover', 'manual');
  typing.tabIndex = -1;
  root.append(typing);

  const raise = (): void => {
    if (!host.isConnected) document.documentElement.append(host);
    if (host.matches(':popover-open')) host.hidePopover();
    host.showPopover();
    if (focused !== null) typing.focus({ preventScroll: true });
  };
  /** Again when the page has written its document anew. */
  const mount = (): void => {
    if (host.isConnected) return;
    if (document.querySelector(':root')) {
      raise();
      return;
    }
    // This script runs before the document has an element.
    new MutationObserver((_changes, observer) => {
      observer.disconnect();
      mount();
    }).observe(document, { childList: true });
  };

  /** The runtime's own menus and message boxes lie above the views. */
  const isOnPanel = (event: Event): boolean =>
    event.target instanceof Element && event.target.hasAttribute('data-electron-panel');

  const viewUnder = (event: MouseEvent): Drawn | null =>
    isOnPanel(event) ? null : viewAt(event.clientX, event.clientY);

  const viewAt = (x: number, y: number): Drawn | null =>
    order.findLast(
      ({ slot }) =>
        slot.takesInput && x >= slot.x && y >= slot.y && x < slot.x + slot.width && y < slot.y + slot.height,
    ) ?? null;

  const modifiersOf = (event: MouseEvent | KeyboardEvent): number =>
    (event.altKey ? 1 : 0) | (event.ctrlKey ? 2 : 0) | (event.metaKey ? 4 : 0) | (event.shiftKey ? 8 : 0);

  const buttonNames = ['left', 'middle', 'right', 'back', 'forward'] as const;

  const mouse = (
    type: MouseKind,
    { slot }: Drawn,
    event: MouseEvent,
    more: Partial<Pick<LayerMouse, 'button' | 'clickCount' | 'deltaX' | 'deltaY'>> = {},
  ): void => {
    report({
      kind: 'mouse',
      view: slot.id,
      type,
      x: event.clientX - slot.x,
      y: event.clientY - slot.y,
      button: 'none',
      buttons: event.buttons,
      clickCount: 0,
      deltaX: 0,
      deltaY: 0,
      modifiers: modifiersOf(event),
      ...more,
    });
  };

  /** Chromium selects text and drags only when a move names the button that is held. */
  const heldButton = ({ buttons }: MouseEvent): LayerMouse['button'] =>
    (buttons & 1) !== 0 ? 'left' : (buttons & 4) !== 0 ? 'middle' : (buttons & 2) !== 0 ? 'right' : 'none';

  const focus = (view: number | null): void => {
    if (view === focused) {
      if (view !== null) typing.focus({ preventScroll: true });
      return;
    }
    focused = view;
    if (view === null) typing.blur();
    else typing.focus({ preventScroll: true });
    report({ kind: 'focus', view });
  };

  const take = (event: Event): void => {
    event.stopImmediatePropagation();
    event.preventDefault();
  };

  const capture = { capture: true, passive: false } as const;
  window.addEventListener(
    'mousedown',
    (event) => {
      if (!event.isTrusted || isOnPanel(event)) return;
      const view = pressedIn ?? viewUnder(event);
      focus(view?.slot.id ?? null);
      if (!view) return;
      take(event);
      pressedIn = view;
      mouse('mousePressed', view, event, {
        button: buttonNames[event.button] ?? 'none',
        clickCount: event.detail,
      });
    },
    capture,
  );
  window.addEventListener(
    'mouseup',
    (event) => {
      const view = pressedIn;
      if (!view) return;
      take(event);
      if (event.buttons === 0) pressedIn = null;
      mouse('mouseReleased', view, event, {
        button: buttonNames[event.button] ?? 'none',
        clickCount: event.detail,
      });
    },
    capture,
  );
  window.addEventListener(
    'mousemove',
    (event) => {
      const view = pressedIn ?? viewUnder(event);
      if (hovered && hovered !== view) mouse('mouseMoved', hovered, event);
      hovered = view;
      if (!view) return;
      take(event);
      mouse('mouseMoved', view, event, { button: heldButton(event) });
    },
    capture,
  );
  document.addEventListener('mouseleave', (event) => {
    if (hovered) mouse('mouseMoved', hovered, event);
    hovered = null;
  });
  window.addEventListener(
    'wheel',
    (event) => {
      const view = viewUnder(event);
      if (!view) return;
      take(event);
      // Lines and pages are what some mice report; 40 pixels a line is what Chromium itself scrolls by.
      const unit = [1, 40, view.slot.height][event.deltaMode] ?? 1;
      mouse('mouseWheel', view, event, { deltaX: event.deltaX * unit, deltaY: event.deltaY * unit });
    },
    capture,
  );
  for (const type of [
    'click',
    'auxclick',
    'dblclick',
    'contextmenu',
    'pointerdown',
    'pointerup',
    'pointermove',
  ])
    window.addEventListener(
      type,
      (event) => {
        if (!(event instanceof MouseEvent) || !event.isTrusted) return;
        // A press on an element of the page that moves the focus by script gives clicks without a position.
        if (event.detail === 0 && type === 'click') return;
        if (!(pressedIn ?? viewUnder(event))) return;
        event.stopImmediatePropagation();
        // Prevented pointer events would also suppress the mouse events that follow them.
        if (!type.startsWith('pointer')) event.preventDefault();
      },
      capture,
    );

  const key = (event: KeyboardEvent): void => {
    if (focused === null || !event.isTrusted || isOnPanel(event)) return;
    event.stopImmediatePropagation();
    // CDP takes this number as `windowsVirtualKeyCode`, and nothing that is not deprecated has it.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    const { keyCode } = event;
    // 229: the input method has taken the key; what it makes of it arrives as composition.
    if (event.isComposing || keyCode === 229) return;
    const pasting = (event.ctrlKey || event.metaKey) && event.code === 'KeyV';
    // Pasting reads this window's clipboard, which the view's process does not share, through the paste event below.
    if (!pasting) event.preventDefault();
    report({
      kind: 'key',
      view: focused,
      stroke: {
        type: event.type === 'keydown' ? 'keyDown' : 'keyUp',
        key: event.key,
        code: event.code,
        keyCode,
        location: event.location,
        repeat: event.repeat,
        modifiers: modifiersOf(event),
      },
    });
  };
  window.addEventListener('keydown', key, capture);
  window.addEventListener('keyup', key, capture);
  for (const type of ['keypress', 'beforeinput', 'copy', 'cut'])
    window.addEventListener(
      type,
      (event) => {
        if (focused !== null && !isOnPanel(event)) event.stopImmediatePropagation();
      },
      capture,
    );
  window.addEventListener(
    'paste',
    (event) => {
      if (focused === null || isOnPanel(event)) return;
      take(event);
      report({
        kind: 'paste',
        view: focused,
        text: event.clipboardData?.getData('text/plain') ?? '',
        html: event.clipboardData?.getData('text/html') ?? '',
      });
    },
    capture,
  );
  typing.addEventListener('compositionupdate', (event) => {
    if (focused !== null) report({ kind: 'compose', view: focused, text: event.data });
  });
  typing.addEventListener('input', (event) => {
    if (event instanceof InputEvent && event.isComposing) return;
    if (focused !== null && typing.value !== '') report({ kind: 'text', view: focused, text: typing.value });
    typing.value = '';
  });
  typing.addEventListener('compositionend', () => {
    if (focused !== null && typing.value !== '') report({ kind: 'text', view: focused, text: typing.value });
    typing.value = '';
  });
  // The page may move the focus to itself by script, which Electron allows too.
  document.addEventListener(
    'focusin',
    (event) => {
      if (event.target !== host && !isOnPanel(event)) focus(null);
    },
    true,
  );

  document.addEventListener(
    'toggle',
    (event) => {
      if (event.target !== host && !isOnPanel(event) && order.length > 0) raise();
    },
    true,
  );
  document.addEventListener('fullscreenchange', () => {
    if (order.length > 0) raise();
  });

  const place = (view: Drawn, slot: LayerSlot): void => {
    view.slot = slot;
    style(view.box, {
      position: 'absolute',
      overflow: 'hidden',
      left: `${slot.x}px`,
      top: `${slot.y}px`,
      width: `${slot.width}px`,
      height: `${slot.height}px`,
      background: slot.background,
      'border-radius': `${slot.radius}px`,
      'pointer-events': slot.takesInput ? 'auto' : 'none',
    });
  };

  const door: LayerDoor = {
    layout(slots) {
      const kept = new Set(slots.map(({ id }) => id));
      for (const [id, { box }] of drawn)
        if (!kept.has(id)) {
          box.remove();
          drawn.delete(id);
          if (focused === id) focus(null);
          if (pressedIn?.slot.id === id) pressedIn = null;
          if (hovered?.slot.id === id) hovered = null;
        }
      order = slots.map((slot) => {
        let view = drawn.get(slot.id);
        if (!view) {
          const canvas = document.createElement('canvas');
          const box = document.createElement('div');
          style(canvas, { position: 'absolute', left: '0', top: '0' });
          box.append(canvas);
          view = { slot, box, canvas, context: canvas.getContext('bitmaprenderer'), asked: 0, shown: 0 };
          drawn.set(slot.id, view);
        }
        place(view, slot);
        return view;
      });
      const wanted = order.map(({ box }) => box);
      const present = [...root.children].filter((child) => child !== typing);
      // Appending a box that is already in place would make it flicker.
      if (wanted.length !== present.length || wanted.some((box, index) => box !== present[index]))
        root.append(...wanted);
      if (order.length > 0) mount();
    },
    async draw(id, { image, width, height }) {
      const view = drawn.get(id);
      if (!view) return;
      const number = (view.asked += 1);
      const bytes = Uint8Array.from(atob(image), (character) => character.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
      if (number < view.shown || drawn.get(id) !== view) {
        bitmap.close();
        return;
      }
      view.shown = number;
      mount();
      view.canvas.width = bitmap.width;
      view.canvas.height = bitmap.height;
      style(view.canvas, { width: `${width}px`, height: `${height}px` });
      view.context?.transferFromImageBitmap(bitmap);
    },
    focus,
    cursor(id, cursor) {
      const view = drawn.get(id);
      if (view) style(view.box, { cursor });
    },
    tooltip(id, text) {
      // Chromium draws it where the mouse rests, as for any element.
      const view = drawn.get(id);
      if (view) view.box.title = text;
    },
    caret(id, x, y) {
      if (id === focused) style(typing, { left: `${x}px`, top: `${y}px` });
    },
    async copy(text) {
      // Refused while the window has not got the focus; then nobody can have copied anything in it.
      await navigator.clipboard.writeText(text).catch(() => undefined);
    },
  };
  Reflect.set(globalThis, 'electronViewLayer', door);

  const watchScale = (): void => {
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener(
      'change',
      () => {
        report({ kind: 'scale', scale: devicePixelRatio });
        watchScale();
      },
      { once: true },
    );
  };
  watchScale();
  report({ kind: 'ready', scale: devicePixelRatio });
}
