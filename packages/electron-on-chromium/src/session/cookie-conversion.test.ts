import { describe, expect, it } from '@jest/globals';
import type { Cookie } from 'electron';
import { CookieRefusedError, matchesFilter, toCookieParam, toElectronCookie } from './cookie-conversion.ts';

const stored = {
  name: 'n',
  value: 'v',
  domain: 'a.test',
  path: '/',
  expires: -1,
  size: 2,
  httpOnly: true,
  secure: false,
  session: true,
  priority: 'Medium',
  sourceScheme: 'Secure',
  sourcePort: 443,
} as const;

describe('toElectronCookie', () => {
  it('shows a session cookie of one host without an expiration date', () => {
    expect(toElectronCookie(stored)).toEqual({
      name: 'n',
      value: 'v',
      domain: 'a.test',
      hostOnly: true,
      path: '/',
      secure: false,
      httpOnly: true,
      session: true,
      sameSite: 'unspecified',
    });
  });

  it('shows a lasting cookie of a domain', () => {
    const cookie = toElectronCookie({
      ...stored,
      domain: '.a.test',
      session: false,
      expires: 5,
      sameSite: 'None',
    });
    expect(cookie).toEqual(
      expect.objectContaining({
        domain: '.a.test',
        hostOnly: false,
        expirationDate: 5,
        sameSite: 'no_restriction',
      }),
    );
  });
});

describe('toCookieParam', () => {
  it.each([
    ['a cookie of one host', {}, { domain: undefined, path: '/x', secure: false, sameSite: 'Lax' }],
    ['a cookie of its domain', { domain: 'a.test' }, { domain: '.a.test' }],
    ['a cookie of its parent domain', { domain: '.a.test' }, { domain: '.a.test' }],
    ['a cookie for all sites is secure', { sameSite: 'no_restriction' }, { sameSite: 'None', secure: true }],
    ['an unspecified cookie', { sameSite: 'unspecified' }, { sameSite: undefined }],
    ['a path', { path: '/y' }, { path: '/y' }],
    ['a date', { expirationDate: 9 }, { expires: 9 }],
  ] as const)('%s', (_name, details, wanted) => {
    const param = toCookieParam({ url: 'https://w.a.test/x/page', name: 'n', value: 'v', ...details });
    expect({ domain: undefined, sameSite: undefined, ...param }).toEqual(expect.objectContaining(wanted));
  });

  it('keeps the cookies of localhost on that host', () => {
    expect(toCookieParam({ url: 'http://localhost:1/', domain: 'localhost' }).domain).toBe('localhost');
  });

  it.each([
    [{ url: 'file:///x' }],
    [{ url: 'nonsense' }],
    [{ url: 'https://a.test/', domain: 'b.test' }],
    [{ url: 'https://a.test/', domain: 'sub.a.test' }],
    [{ url: 'http://a.test/', secure: true }],
  ])('refuses %j', (details) => {
    expect(() => toCookieParam(details)).toThrow(CookieRefusedError);
  });
});

describe('matchesFilter', () => {
  const ofDomain: Cookie = {
    name: 'd',
    value: '',
    domain: '.a.test',
    hostOnly: false,
    path: '/x',
    secure: true,
    session: false,
    httpOnly: false,
    sameSite: 'lax',
  };
  const ofHost: Cookie = {
    ...ofDomain,
    name: 'h',
    domain: 'a.test',
    hostOnly: true,
    path: '/',
    secure: false,
  };
  const found = (filter: Parameters<typeof matchesFilter>[1]) =>
    [ofDomain, ofHost].filter((cookie) => matchesFilter(cookie, filter)).map(({ name }) => name);

  it.each([
    [{}, ['d', 'h']],
    [{ url: 'https://a.test/x/y' }, ['d', 'h']],
    [{ url: 'https://sub.a.test/x' }, ['d']],
    [{ url: 'https://a.test/xy' }, ['h']],
    [{ url: 'http://a.test/x' }, ['h']],
    [{ name: 'h' }, ['h']],
    [{ domain: 'a.test' }, ['d', 'h']],
    [{ domain: 'sub.a.test' }, []],
    [{ path: '/x' }, ['d']],
    [{ secure: true }, ['d']],
    [{ session: true }, []],
  ])('%j finds %j', (filter, names) => expect(found(filter)).toEqual(names));
});
