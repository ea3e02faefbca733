import { describe, expect, it } from '@jest/globals';
import { fitsPattern } from './url-pattern.ts';

describe('fitsPattern', () => {
  it.each([
    ['https://example.com/a', '<all_urls>', true],
    ['https://example.com/a?b=1', '*://*/*', true],
    ['file:///a', '*://*/*', false],
    ['https://a.example.com/', 'https://*.example.com/*', true],
    ['https://example.com/', 'https://*.example.com/*', true],
    ['https://notexample.com/', 'https://*.example.com/*', false],
    ['http://example.com/', 'https://example.com/*', false],
    ['http://127.0.0.1:81/data', 'http://127.0.0.1:81/data', true],
    ['http://127.0.0.1:82/data', 'http://127.0.0.1:81/data', false],
    ['http://127.0.0.1:82/data', 'http://127.0.0.1/*', true],
    ['http://a.test/x.y', 'http://a.test/x*z', false],
  ])('%s and %s: %s', (url, pattern, fits) => {
    expect(fitsPattern(url, pattern)).toBe(fits);
  });
});
