import { describe, expect, it } from '@jest/globals';
import { parseAccelerator } from './accelerators.ts';

describe('parseAccelerator', () => {
  it.each([
    ['CommandOrControl+Z', 'linux', { code: 'KeyZ', key: 'z', modifiers: 2 }],
    ['CommandOrControl+Z', 'darwin', { code: 'KeyZ', key: 'z', modifiers: 4 }],
    ['Ctrl+Shift+T', 'linux', { code: 'KeyT', key: 't', modifiers: 10 }],
    ['Alt+Left', 'linux', { code: 'ArrowLeft', key: 'ArrowLeft', modifiers: 1 }],
    ['F5', 'linux', { code: 'F5', key: 'F5', modifiers: 0 }],
    ['Ctrl++', 'linux', { code: 'Equal', key: '+', modifiers: 2 }],
    ['Ctrl+1', 'linux', { code: 'Digit1', key: '1', modifiers: 2 }],
  ] as const)('%s on %s', (accelerator, platform, keys) => {
    expect(parseAccelerator(accelerator, platform)).toEqual(keys);
  });

  it.each(['', 'Ctrl+', 'Hyper+A', 'Ctrl+Nothing'])('does not know %j', (accelerator) => {
    expect(parseAccelerator(accelerator)).toBeUndefined();
  });
});
