/// <reference lib="dom" />
import type { KeyStroke } from '../view/layer-protocol.ts';
import type { PageContextMenu, PageEvent, PageEventsConfig, PageEventsDoor } from './page-events.ts';

/**
 * Runs in an isolated world of every frame: tells the runtime of the keys that are accelerators or that the app wants to see
 * first, and of clicks with the right button. It refers to nothing outside itself.
 */
export function pageEventsScript(bindingName: string, config: PageEventsConfig): void {
  const report = (event: PageEvent): void => {
    // Chromium puts the binding on this world's global, which the library's types cannot know.
    const send = Reflect.get(globalThis, bindingName) as ((payload: string) => void) | undefined;
    send?.(JSON.stringify(event));
  };

  let { accelerators, holdKeys } = config;
  let through = 0;
  let muted = false;

  /** Keys for a view that this page shows are the view's. */
  const isForAView = (event: Event): boolean =>
    event.target instanceof Element && event.target.hasAttribute('data-electron-views');

  const strokeOf = (event: KeyboardEvent): KeyStroke => ({
    type: event.type === 'keydown' ? 'keyDown' : 'keyUp',
    key: event.key,
    code: event.code,
    // CDP takes this number as `windowsVirtualKeyCode`, and nothing that is not deprecated has it.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    keyCode: event.keyCode,
    location: event.location,
    repeat: event.repeat,
    modifiers: modifiersOf(event),
  });
  const modifiersOf = (event: KeyboardEvent): number =>
    (event.altKey ? 1 : 0) | (event.ctrlKey ? 2 : 0) | (event.metaKey ? 4 : 0) | (event.shiftKey ? 8 : 0);

  const inputs = [
    ['mousedown', 'mouseDown'],
    ['mouseup', 'mouseUp'],
    ['wheel', 'mouseWheel'],
    ['keydown', 'rawKeyDown'],
    ['keyup', 'keyUp'],
  ] as const;
  for (const [dom, type] of inputs)
    window.addEventListener(
      dom,
      (event) => {
        if (event.isTrusted && !isForAView(event)) report({ kind: 'input', type });
      },
      { capture: true, passive: true },
    );

  const hold = (event: KeyboardEvent): void => {
    if (!holdKeys || !event.isTrusted || event.isComposing || isForAView(event)) return;
    if (through > 0) {
      through -= 1;
      return;
    }
    event.stopImmediatePropagation();
    event.preventDefault();
    report({ kind: 'held', stroke: strokeOf(event) });
  };
  window.addEventListener('keydown', hold, true);
  window.addEventListener('keyup', hold, true);

  // Last of all, so that a page that uses the key itself keeps it, as in Electron.
  window.addEventListener('keydown', (event) => {
    if (!event.isTrusted || event.defaultPrevented || isForAView(event)) return;
    const modifiers = modifiersOf(event);
    const hit = accelerators.find(
      (accelerator) =>
        accelerator.modifiers === modifiers &&
        (accelerator.key.toLowerCase() === event.key.toLowerCase() || accelerator.code === event.code),
    );
    if (!hit) return;
    event.preventDefault();
    report({ kind: 'accelerator', id: hit.id });
  });

  window.addEventListener('contextmenu', (event) => {
    if (!event.isTrusted || event.defaultPrevented) return;
    // Electron shows no menu of its own.
    event.preventDefault();
    const path = event
      .composedPath()
      .filter((target): target is HTMLElement => target instanceof HTMLElement);
    const [target] = path;
    const link = path.find((element): element is HTMLAnchorElement => element instanceof HTMLAnchorElement);
    const media: PageContextMenu['mediaType'] =
      target instanceof HTMLImageElement
        ? 'image'
        : target instanceof HTMLVideoElement
          ? 'video'
          : target instanceof HTMLAudioElement
            ? 'audio'
            : target instanceof HTMLCanvasElement
              ? 'canvas'
              : 'none';
    report({
      kind: 'contextMenu',
      params: {
        x: Math.round(event.clientX),
        y: Math.round(event.clientY),
        linkURL: link?.href ?? '',
        linkText: link?.textContent.trim() ?? '',
        srcURL:
          target instanceof HTMLImageElement || target instanceof HTMLMediaElement ? target.currentSrc : '',
        mediaType: media,
        frameURL: window === window.top ? '' : location.href,
        selectionText: getSelection()?.toString() ?? '',
        isEditable:
          target instanceof HTMLInputElement ||
          target instanceof HTMLTextAreaElement ||
          (target?.isContentEditable ?? false),
        titleText: target?.title ?? '',
        altText: target instanceof HTMLImageElement ? target.alt : '',
      },
    });
  });

  const mute = (element: EventTarget | null): void => {
    if (element instanceof HTMLMediaElement) element.muted = muted;
  };
  window.addEventListener('play', (event) => muted && mute(event.target), true);

  const door: PageEventsDoor = {
    configure(next) {
      ({ accelerators, holdKeys } = next);
    },
    letThrough() {
      through += 1;
    },
    setMuted(next) {
      if (next === muted) return;
      muted = next;
      for (const element of document.querySelectorAll('video, audio')) mute(element);
    },
  };
  Reflect.set(globalThis, 'electronPageEvents', door);
  report({ kind: 'ready' });
}
