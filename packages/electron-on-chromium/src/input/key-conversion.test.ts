import { describe, expect, it } from '@jest/globals';
import type { KeyStroke } from '../view/layer-protocol.ts';
import { fromKeyboardInput, toElectronInput, toKeyParams } from './key-conversion.ts';

const press: KeyStroke = {
  type: 'keyDown',
  key: 'a',
  code: 'KeyA',
  keyCode: 65,
  location: 0,
  repeat: false,
  modifiers: 0,
};

describe('toKeyParams', () => {
  it.each([
    ['a letter types', {}, 'a'],
    ['Enter breaks the line', { key: 'Enter', code: 'Enter', keyCode: 13 }, '\r'],
    ['a shortcut types nothing', { modifiers: 2 }, undefined],
    ['AltGr types', { key: '@', modifiers: 3 }, '@'],
    ['an arrow types nothing', { key: 'ArrowLeft', code: 'ArrowLeft', keyCode: 37 }, undefined],
    ['a key that is let go types nothing', { type: 'keyUp' }, undefined],
  ] as const)('%s', (_name, change, text) => {
    expect(toKeyParams({ ...press, ...change }).text).toBe(text);
  });
});

describe('toElectronInput', () => {
  it('names the keys that are held', () => {
    expect(toElectronInput({ ...press, modifiers: 10, repeat: true })).toEqual(
      expect.objectContaining({
        type: 'keyDown',
        key: 'a',
        shift: true,
        control: true,
        alt: false,
        meta: false,
        modifiers: ['shift', 'control', 'isautorepeat'],
      }),
    );
  });
});

describe('fromKeyboardInput', () => {
  it.each([
    ['A', 'KeyA'],
    ['Left', 'ArrowLeft'],
    ['F11', 'F11'],
    ['Plus', 'Equal'],
    ['Return', 'Enter'],
    ['?', 'Slash'],
  ])('%s is %s', (keyCode, code) => {
    expect(fromKeyboardInput({ type: 'keyDown', keyCode }).code).toBe(code);
  });

  it('refuses a key that no keyboard has', () => {
    expect(() => fromKeyboardInput({ type: 'keyDown', keyCode: 'Anykey' })).toThrow(/Anykey/);
  });
});
