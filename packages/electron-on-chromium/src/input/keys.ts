/** One key of a keyboard, as DOM events and Chromium name it. */
export interface Key {
  readonly key: string;
  readonly code: string;
  /** The Windows virtual key code, which DOM calls `keyCode`. */
  readonly keyCode: number;
  /** What pressing it types, if anything. */
  readonly text?: string;
}

/** CDP's bits for the keys that are held. */
export const modifierBits = { alt: 1, control: 2, meta: 4, shift: 8 } as const;

const named: Readonly<Record<string, Key>> = {
  backspace: { key: 'Backspace', code: 'Backspace', keyCode: 8 },
  tab: { key: 'Tab', code: 'Tab', keyCode: 9 },
  enter: { key: 'Enter', code: 'Enter', keyCode: 13, text: '\r' },
  escape: { key: 'Escape', code: 'Escape', keyCode: 27 },
  space: { key: ' ', code: 'Space', keyCode: 32, text: ' ' },
  pageup: { key: 'PageUp', code: 'PageUp', keyCode: 33 },
  pagedown: { key: 'PageDown', code: 'PageDown', keyCode: 34 },
  end: { key: 'End', code: 'End', keyCode: 35 },
  home: { key: 'Home', code: 'Home', keyCode: 36 },
  left: { key: 'ArrowLeft', code: 'ArrowLeft', keyCode: 37 },
  up: { key: 'ArrowUp', code: 'ArrowUp', keyCode: 38 },
  right: { key: 'ArrowRight', code: 'ArrowRight', keyCode: 39 },
  down: { key: 'ArrowDown', code: 'ArrowDown', keyCode: 40 },
  insert: { key: 'Insert', code: 'Insert', keyCode: 45 },
  delete: { key: 'Delete', code: 'Delete', keyCode: 46 },
  capslock: { key: 'CapsLock', code: 'CapsLock', keyCode: 20 },
  shift: { key: 'Shift', code: 'ShiftLeft', keyCode: 16 },
  control: { key: 'Control', code: 'ControlLeft', keyCode: 17 },
  alt: { key: 'Alt', code: 'AltLeft', keyCode: 18 },
  meta: { key: 'Meta', code: 'MetaLeft', keyCode: 91 },
};

const aliases: Readonly<Record<string, string>> = {
  return: 'enter',
  esc: 'escape',
  plus: '+',
  arrowleft: 'left',
  arrowup: 'up',
  arrowright: 'right',
  arrowdown: 'down',
};

/** The keys of a US keyboard that type punctuation: without and with Shift, code, virtual key code. */
const punctuation = [
  ['-', '_', 'Minus', 189],
  ['=', '+', 'Equal', 187],
  ['[', '{', 'BracketLeft', 219],
  [']', '}', 'BracketRight', 221],
  ['\\', '|', 'Backslash', 220],
  [';', ':', 'Semicolon', 186],
  ["'", '"', 'Quote', 222],
  [',', '<', 'Comma', 188],
  ['.', '>', 'Period', 190],
  ['/', '?', 'Slash', 191],
  ['`', '~', 'Backquote', 192],
] as const;
const shiftedDigits = ')!@#$%^&*(';

/** Whether this is what a key types, and not the name of a key. */
export function isOneCharacter(text: string): boolean {
  return /^.$/su.test(text);
}

/** The key that Electron calls `name` (in an accelerator or a `sendInputEvent`); undefined when there is none of that name. */
export function keyNamed(name: string): Key | undefined {
  const lower = name.length === 1 ? name : name.toLowerCase();
  const known = named[aliases[lower] ?? lower];
  if (known) return known;
  const character = aliases[lower] ?? name;
  const functionKey = /^f([1-9]|1\d|2[0-4])$/.exec(lower);
  if (functionKey) {
    const number = Number(functionKey[1]);
    return { key: `F${number}`, code: `F${number}`, keyCode: 111 + number };
  }
  const numpad = /^num(\d)$/.exec(lower);
  if (numpad) {
    const digit = numpad[1] ?? '';
    return { key: digit, code: `Numpad${digit}`, keyCode: 96 + Number(digit), text: digit };
  }
  if (!isOneCharacter(character)) return undefined;
  if (/[a-z]/i.test(character)) {
    const upper = character.toUpperCase();
    return { key: character, code: `Key${upper}`, keyCode: upper.charCodeAt(0), text: character };
  }
  const digit = /\d/.test(character) ? Number(character) : shiftedDigits.indexOf(character);
  if (digit >= 0) return { key: character, code: `Digit${digit}`, keyCode: 48 + digit, text: character };
  const mark = punctuation.find(([plain, shifted]) => plain === character || shifted === character);
  return mark
    ? { key: character, code: mark[2], keyCode: mark[3], text: character }
    : { key: character, code: '', keyCode: 0, text: character };
}
