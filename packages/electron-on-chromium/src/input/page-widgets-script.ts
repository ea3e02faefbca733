/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { ShownItem } from '../panel/panel.ts';
import type { PageEvent, PageWidgetsDoor } from './page-events.ts';

/**
 * Runs in an isolated world of every frame of a page that Chromium itself shows nowhere: tells the runtime of what would lie beside
 * or above the page, so that the window draws it. That is lists of `<select>`, tooltips, the shape of the mouse and the place of
 * an input method. It refers to nothing outside itself.
 */
export function pageWidgetsScript(bindingName: string): void {
  const report = (event: PageEvent): void => {
    // Chromium puts the binding on this world's global, which the library's types cannot know.
    const send = Reflect.get(globalThis, bindingName) as ((payload: string) => void) | undefined;
    send?.(JSON.stringify(event));
  };

  /** Where this frame is in the page; frames of other sites are not reached. */
  const originOfFrame = (): { x: number; y: number } => {
    const origin = { x: 0, y: 0 };
    for (
      let frame = window.frameElement;
      frame;
      frame = frame.ownerDocument.defaultView?.frameElement ?? null
    ) {
      const { left, top } = frame.getBoundingClientRect();
      origin.x += left + frame.clientLeft;
      origin.y += top + frame.clientTop;
    }
    return origin;
  };

  let opened: HTMLSelectElement | null = null;

  const itemOf = (element: HTMLOptionElement | HTMLOptGroupElement | HTMLHRElement): ShownItem => {
    const isOption = element instanceof HTMLOptionElement;
    const isLine = element instanceof HTMLHRElement;
    const group = element.parentElement;
    const inGroup = group instanceof HTMLOptGroupElement;
    return {
      label: isLine ? '' : `${inGroup ? '    ' : ''}${element.label}`.replaceAll('&', '&&'),
      accelerator: '',
      separator: isLine,
      enabled: isOption && !element.disabled && !(inGroup && group.disabled),
      visible: !element.hidden && getComputedStyle(element).display !== 'none',
      checked: isOption && element.selected ? true : null,
      items: [],
    };
  };

  const entriesOf = (select: HTMLSelectElement) => [
    ...select.querySelectorAll<HTMLOptionElement | HTMLOptGroupElement | HTMLHRElement>(
      'option, optgroup, hr',
    ),
  ];

  const open = (select: HTMLSelectElement): void => {
    opened = select;
    select.focus({ preventScroll: true });
    const { left, bottom, width } = select.getBoundingClientRect();
    const { x, y } = originOfFrame();
    report({
      kind: 'select',
      select: { items: entriesOf(select).map(itemOf), x: x + left, y: y + bottom, width },
    });
  };

  const dropDownOf = (event: Event): HTMLSelectElement | null => {
    const [target] = event.composedPath();
    const select = target instanceof Element ? target.closest('select') : null;
    return select && !select.disabled && !select.multiple && select.size <= 1 ? select : null;
  };

  // At the list itself, after the page's own listeners there: a page that draws a list of its own keeps Chromium's shut.
  for (const type of ['mousedown', 'keydown'] as const)
    window.addEventListener(
      type,
      (event) => {
        const select = event.isTrusted ? dropDownOf(event) : null;
        const opens =
          event instanceof KeyboardEvent
            ? [' ', 'Enter', 'F4'].includes(event.key) || (event.altKey && /^Arrow(Up|Down)$/.test(event.key))
            : event instanceof MouseEvent && event.button === 0;
        if (!select || !opens) return;
        select.addEventListener(
          type,
          () => {
            if (event.defaultPrevented) return;
            event.preventDefault();
            open(select);
          },
          { once: true },
        );
      },
      true,
    );

  let tooltip = '';
  window.addEventListener(
    'mouseover',
    (event) => {
      const titled = event
        .composedPath()
        .find((target) => target instanceof HTMLElement && target.title !== '');
      const next = titled instanceof HTMLElement ? titled.title : '';
      if (next === tooltip) return;
      tooltip = next;
      report({ kind: 'tooltip', text: next });
    },
    true,
  );

  /** `auto` means a bar over text and an arrow elsewhere, which only the browser knows. */
  const cursorAt = (event: MouseEvent): string => {
    const [target] = event.composedPath();
    if (!(target instanceof Element)) return 'default';
    const style = getComputedStyle(target);
    if (style.cursor !== 'auto') return style.cursor;
    if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return 'text';
    if (style.userSelect === 'none') return 'default';
    const caret = document.caretPositionFromPoint(event.clientX, event.clientY);
    if (!caret || !(caret.offsetNode instanceof Text)) return 'default';
    const range = new Range();
    range.selectNodeContents(caret.offsetNode);
    const isOnText = [...range.getClientRects()].some(
      ({ left, right, top, bottom }) =>
        event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom,
    );
    return isOnText ? 'text' : 'default';
  };
  let cursor = '';
  window.addEventListener(
    'mousemove',
    (event) => {
      const next = cursorAt(event);
      if (next === cursor) return;
      cursor = next;
      report({ kind: 'cursor', cursor });
    },
    { capture: true, passive: true },
  );

  const tellCaret = (): void => {
    const field = document.activeElement;
    if (!(field instanceof HTMLElement)) return;
    const isField = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
    const selection = getSelection();
    const range =
      !isField && field.isContentEditable && selection?.rangeCount ? selection.getRangeAt(0) : null;
    if (!isField && !range) return;
    // An empty line has no rectangle of its own.
    const { left, bottom } = range?.getClientRects()[0] ?? field.getBoundingClientRect();
    const { x, y } = originOfFrame();
    report({ kind: 'caret', x: x + left, y: y + bottom });
  };
  document.addEventListener('selectionchange', tellCaret);
  document.addEventListener('focusin', tellCaret);

  const door: PageWidgetsDoor = {
    chosen(item) {
      const select = opened;
      opened = null;
      const option = item === null || !select ? undefined : entriesOf(select)[item];
      if (!select?.isConnected || !(option instanceof HTMLOptionElement) || option.selected) return;
      option.selected = true;
      select.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
      select.dispatchEvent(new Event('change', { bubbles: true }));
    },
  };
  Reflect.set(globalThis, 'electronPageWidgets', door);
}
