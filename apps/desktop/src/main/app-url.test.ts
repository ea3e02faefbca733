import { describe, expect, it } from '@jest/globals';
import { APP_INDEX, isAppUrl } from './app-url.ts';

describe('isAppUrl', () => {
  it.each([APP_INDEX, 'app://retrace/', 'app://retrace/assets/index.js?v=1'])('accepts %s', (address) => {
    expect(isAppUrl(address)).toBe(true);
  });

  it.each([
    'app://retrace.example.com/',
    'app://other/',
    'app://retrace:1/',
    'app://user@retrace/',
    'https://retrace/',
    'file:///retrace/index.html',
    'about:blank',
    '',
  ])('refuses %s', (address) => {
    expect(isAppUrl(address)).toBe(false);
  });
});
