import { describe, expect, it } from '@jest/globals';
import { decode, encode } from './clone-codec.ts';

describe('clone codec', () => {
  it.each([
    ['primitives', [1, -0, NaN, Infinity, 'text', true, null, undefined, 10n]],
    [
      'dates, patterns, maps and sets',
      { d: new Date(7), r: /a+/gi, m: new Map([[{ k: 1 }, 2]]), s: new Set([1, 'b']) },
    ],
    ['bytes', { u8: new Uint8Array([1, 2, 255]), f: new Float64Array([1.5]), b: new Uint8Array([9]).buffer }],
    ['a key named __proto__', JSON.parse('{"__proto__":{"polluted":true}}')],
    ['an error', { error: new RangeError('too far') }],
  ])('brings back %s', (_, value) => {
    expect(decode(encode(value))).toEqual(value);
  });

  it('keeps identity and cycles', () => {
    const shared = { name: 'shared' };
    const value: Record<string, unknown> = { first: shared, second: shared };
    value['self'] = value;
    const copy = decode(encode(value)) as Record<string, unknown>;
    expect(copy['first']).toBe(copy['second']);
    expect(copy['self']).toBe(copy);
  });

  it('makes a plain object of a class instance', () => {
    class Point {
      constructor(readonly x: number) {}
      get double() {
        return this.x * 2;
      }
    }
    expect(decode(encode(new Point(4)))).toEqual({ x: 4 });
  });

  it.each([
    ['a function', () => undefined],
    ['a symbol', Symbol('s')],
    ['a promise', Promise.resolve()],
    ['a function deep inside', { list: [{ call: () => undefined }] }],
  ])('refuses %s', (_, value) => {
    expect(() => encode(value)).toThrow('An object could not be cloned.');
  });

  it('carries what the caller makes a token of', () => {
    const call = () => 1;
    const text = encode([call, call], (value) => (value === call ? 'call' : undefined));
    expect(decode(text, (token) => `<${token}>`)).toEqual(['<call>', '<call>']);
  });
});
