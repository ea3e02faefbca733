import type Protocol from 'devtools-protocol';
import type { Input, KeyboardInputEvent } from 'electron';
import type { KeyStroke } from '../view/layer-protocol.ts';
import { isOneCharacter, keyNamed, modifierBits } from './keys.ts';

type KeyParams = Protocol.Input.DispatchKeyEventRequest;

/** What a key typed by a person has to be told to Chromium as, so that the page gets the same key and the same text. */
export function toKeyParams(stroke: KeyStroke): KeyParams {
  const text = stroke.type === 'keyDown' ? textOf(stroke) : undefined;
  return {
    type: stroke.type === 'keyUp' ? 'keyUp' : text === undefined ? 'rawKeyDown' : 'keyDown',
    key: stroke.key,
    code: stroke.code,
    windowsVirtualKeyCode: stroke.keyCode,
    location: stroke.location,
    autoRepeat: stroke.repeat,
    isKeypad: stroke.location === 3,
    modifiers: stroke.modifiers,
    ...(text === undefined ? {} : { text, unmodifiedText: text }),
  };
}

/** Electron's description of a key for `before-input-event`. */
export function toElectronInput(stroke: KeyStroke): Input {
  const held = (name: keyof typeof modifierBits) => (stroke.modifiers & modifierBits[name]) !== 0;
  const modifiers = (['shift', 'control', 'alt', 'meta'] as const).filter(held);
  return {
    type: stroke.type,
    key: stroke.key,
    code: stroke.code,
    isAutoRepeat: stroke.repeat,
    isComposing: false,
    shift: held('shift'),
    control: held('control'),
    alt: held('alt'),
    meta: held('meta'),
    location: stroke.location,
    modifiers: [...modifiers, ...(stroke.repeat ? ['isautorepeat'] : [])],
  };
}

/** `webContents.sendInputEvent` for a key. Throws for a key that no keyboard has. */
export function fromKeyboardInput(event: KeyboardInputEvent): KeyParams {
  const key = keyNamed(event.keyCode);
  if (!key) throw new Error(`Invalid event object: no key is called '${event.keyCode}'`);
  const modifiers = modifiersFrom(event.modifiers ?? []);
  const base = { code: key.code, key: key.key, windowsVirtualKeyCode: key.keyCode, modifiers };
  switch (event.type) {
    case 'char':
      return { ...base, type: 'char', text: key.text ?? '' };
    // As in Electron, a key that is pressed types nothing: the text comes with `char`.
    case 'keyDown':
    case 'rawKeyDown':
      return { ...base, type: 'rawKeyDown' };
    case 'keyUp':
      return { ...base, type: 'keyUp' };
  }
}

/** The key that {@link fromKeyboardInput} has found, as a person would have pressed it. */
export function strokeOf({
  type,
  key = '',
  code = '',
  windowsVirtualKeyCode = 0,
  modifiers = 0,
}: KeyParams): KeyStroke {
  return {
    type: type === 'keyUp' ? 'keyUp' : 'keyDown',
    key,
    code,
    keyCode: windowsVirtualKeyCode,
    location: 0,
    repeat: false,
    modifiers,
  };
}

/** CDP's bits for Electron's names. */
export function modifiersFrom(names: readonly string[]): number {
  return names.reduce((bits, name) => bits | (bitsByName[name] ?? 0), 0);
}

const bitsByName: Readonly<Record<string, number>> = {
  ...modifierBits,
  ctrl: modifierBits.control,
  command: modifierBits.meta,
  cmd: modifierBits.meta,
};

function textOf({ key, modifiers }: KeyStroke): string | undefined {
  if (key === 'Enter') return '\r';
  const { alt, control, meta } = modifierBits;
  // AltGr is told as Control and Alt on Windows, and types.
  const commands = (modifiers & control) !== 0 && (modifiers & alt) === 0;
  if (!isOneCharacter(key) || commands || (modifiers & meta) !== 0) return undefined;
  return key;
}
