import { describe, expect, it, jest } from '@jest/globals';
import type { Cookie, Cookies, CookiesSetDetails } from 'electron';
import type { KeptCookie } from '../vault/kept-session.ts';
import { bringCookiesBack, sessionOnlyCookies, settingOf } from './cookie-keeper.ts';

const kept: KeptCookie = {
  name: 'sid',
  value: 'kept',
  domain: 'example.com',
  path: '/',
  hostOnly: true,
  secure: true,
  httpOnly: true,
  sameSite: 'lax',
};

function jar(present: Cookie[]) {
  const set = jest.fn((details: CookiesSetDetails) =>
    details.name === 'refused' ? Promise.reject(new Error('EXCLUDE_INVALID_DOMAIN')) : Promise.resolve(),
  );
  return { set, get: () => Promise.resolve(present) };
}

describe('settingOf', () => {
  it.each<[string, Partial<KeptCookie>, Partial<CookiesSetDetails>]>([
    ['a host-only cookie without a domain', {}, { url: 'https://example.com/' }],
    [
      'a domain cookie with its domain',
      { hostOnly: false, domain: '.example.com' },
      { url: 'https://example.com/', domain: '.example.com' },
    ],
    ['a cookie of plain http', { secure: false, domain: '127.0.0.1' }, { url: 'http://127.0.0.1/' }],
    ['a cookie of a path', { path: '/app' }, { url: 'https://example.com/app', path: '/app' }],
    ['a cross-site cookie', { sameSite: 'no_restriction' }, { sameSite: 'no_restriction', secure: true }],
  ])('sets %s', (_what, change, expected) => {
    const details = settingOf({ ...kept, ...change });
    expect(details).toMatchObject(expected);
    expect('domain' in details).toBe('domain' in expected);
    // An expiry would make a session-only cookie a lasting one.
    expect(details).not.toHaveProperty('expirationDate');
  });
});

describe('bringing cookies back', () => {
  it('sets those that the jar lacks and leaves those that it has', async () => {
    const { set, get } = jar([
      {
        name: 'sid',
        value: 'newer',
        domain: 'example.com',
        path: '/',
        hostOnly: true,
        sameSite: 'lax',
      },
    ]);
    await bringCookiesBack({ get, set }, [kept, { ...kept, name: 'csrf' }], () => undefined);
    expect(set.mock.calls.map(([details]) => details.name)).toEqual(['csrf']);
  });

  it.each<[string, Partial<KeptCookie>]>([
    ['another path', { path: '/app' }],
    ['another host', { domain: 'id.example.com' }],
    ['the whole domain', { hostOnly: false }],
  ])('takes a cookie of %s for another one', async (_what, change) => {
    const { set, get } = jar([{ ...kept, value: 'newer' }]);
    await bringCookiesBack({ get, set }, [{ ...kept, ...change }], () => undefined);
    expect(set).toHaveBeenCalledTimes(1);
  });

  it('goes on after one that Chromium refuses', async () => {
    const { set, get } = jar([]);
    const failed: string[] = [];
    await bringCookiesBack({ get, set }, [{ ...kept, name: 'refused' }, kept], ({ name }) => {
      failed.push(name);
    });
    expect(failed).toEqual(['refused']);
    expect(set).toHaveBeenCalledTimes(2);
  });
});

describe('keeping cookies', () => {
  it('asks for those that end with the run, and keeps what setting them again needs', async () => {
    const get = jest.fn<Cookies['get']>(() => Promise.resolve([{ ...kept, session: true }]));
    expect(await sessionOnlyCookies({ get })).toEqual([kept]);
    expect(get).toHaveBeenCalledWith({ session: true });
  });
});
