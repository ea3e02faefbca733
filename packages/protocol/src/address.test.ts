import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as v from 'valibot';
import { addressFromTyped, AddressSchema, isLoopback, judgeAddress, MAX_URL_LENGTH } from './address.ts';

describe('judgeAddress', () => {
  it.each([
    ['https://example.com', 'https://example.com/'],
    ['HTTPS://Example.COM/Path?q=1#f', 'https://example.com/Path?q=1#f'],
    ['https://user:secret@example.com/', 'https://user:secret@example.com/'],
    ['http://localhost:3000', 'http://localhost:3000/'],
    ['http://app.localhost/', 'http://app.localhost/'],
    ['http://127.0.0.1:8080/x', 'http://127.0.0.1:8080/x'],
    ['http://127.1/', 'http://127.0.0.1/'],
    ['http://[::1]:9/', 'http://[::1]:9/'],
    ['about:blank', 'about:blank'],
  ])('allows %s in its normal form', (address, url) => {
    expect(judgeAddress(address)).toEqual({ allowed: true, url });
  });

  it.each([
    'http://example.com/',
    'http://localhost.example.com/',
    'http://127.0.0.1.example.com/',
    'http://0.0.0.0/',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'blob:https://example.com/1b9e5d7e',
    'app://retrace/index.html',
    'chrome://settings',
    'devtools://devtools',
    'view-source:https://example.com',
    'about:config',
    'about:blank?x',
    'ftp://example.com/',
    'example.com',
    '//example.com',
    'https://',
    'https://exa mple.com',
    '',
  ])('refuses %j with a sentence', (address) => {
    expect(judgeAddress(address)).toEqual({ allowed: false, reason: expect.stringMatching(/^[A-Z].*\.$/) });
  });

  it('refuses an address that is too long', () => {
    const address = 'https://example.com/' + 'x'.repeat(MAX_URL_LENGTH);
    expect(judgeAddress(address)).toMatchObject({ allowed: false });
    expect(judgeAddress(address.slice(0, MAX_URL_LENGTH))).toMatchObject({ allowed: true });
  });

  it('gives a normal form that it allows unchanged', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl({ validSchemes: ['https', 'http'] }), fc.string()), (address) => {
        const verdict = judgeAddress(address);
        const again = verdict.allowed ? judgeAddress(verdict.url) : verdict;
        expect(again).toEqual(verdict);
      }),
    );
  });

  it('never allows a scheme but https, loopback http and about:blank', () => {
    const scheme = fc.constantFrom(
      'javascript:',
      'data:',
      'file://',
      'http://',
      'blob:',
      'about:',
      '\tfile:',
      '',
    );
    fc.assert(
      fc.property(scheme, fc.string(), (start, rest) => {
        const verdict = judgeAddress(start + rest);
        if (!verdict.allowed) return;
        const url = new URL(verdict.url);
        expect(
          url.protocol === 'https:' ||
            (url.protocol === 'http:' && isLoopback(url)) ||
            url.href === 'about:blank',
        ).toBe(true);
      }),
    );
  });
});

describe('AddressSchema', () => {
  it('gives the normal form, or the sentence of the refusal', () => {
    expect(v.parse(AddressSchema, 'https://example.com')).toBe('https://example.com/');
    expect(v.safeParse(AddressSchema, 'http://example.com').issues?.[0].message).toBe(
      'This address is not encrypted. Use https:// instead.',
    );
    expect(v.is(AddressSchema, 42)).toBe(false);
  });
});

describe('addressFromTyped', () => {
  it.each([
    ['example.com', 'https://example.com/'],
    ['  example.com/path ', 'https://example.com/path'],
    ['example.com:8443', 'https://example.com:8443/'],
    ['localhost:3000', 'http://localhost:3000/'],
    ['127.0.0.1:3000/x', 'http://127.0.0.1:3000/x'],
    ['https://example.com', 'https://example.com/'],
    ['about:blank', 'about:blank'],
  ])('reads %j as %s', (typed, url) => {
    expect(addressFromTyped(typed)).toEqual({ allowed: true, url });
  });

  it.each(['', '   ', 'two words', 'javascript:alert(1)', 'file:///etc/passwd', 'http://example.com'])(
    'refuses %j',
    (typed) => {
      expect(addressFromTyped(typed)).toMatchObject({ allowed: false });
    },
  );
});
