import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { EventEmitter } from 'node:events';
import type { Session } from 'electron';
import { lockSession } from './session-security.ts';

type Handler = (...args: unknown[]) => unknown;

/** A session that remembers the handlers it is given, for the test to call them as Chromium does. */
class FakeSession extends EventEmitter {
  readonly handlers = new Map<string, Handler>();
  readonly #remember = (name: string) => (handler: Handler) => this.handlers.set(name, handler);
  readonly setPermissionRequestHandler = this.#remember('permission request');
  readonly setPermissionCheckHandler = this.#remember('permission check');
  readonly setDevicePermissionHandler = this.#remember('device');
  readonly setBluetoothPairingHandler = this.#remember('pairing');
  readonly setDisplayMediaRequestHandler = this.#remember('display');

  ask(name: string, ...args: unknown[]): unknown {
    const handler = this.handlers.get(name);
    if (handler === undefined) throw new Error(`No handler for ${name}: Electron would approve.`);
    return handler(...args);
  }
}

let session: FakeSession;
let told: string[];
beforeEach(() => {
  session = new FakeSession();
  told = [];
  // Only what the fake has is used.
  lockSession(session as unknown as Session, (notice) => told.push(notice));
});

function requested(permission: string): unknown {
  const answer = jest.fn();
  session.ask('permission request', {}, permission, answer, {});
  return answer.mock.calls[0]?.[0];
}

describe('a locked session', () => {
  it.each(['media', 'notifications', 'geolocation', 'clipboard-read', 'openExternal'])(
    'denies %s, asked for or looked up',
    (permission) => {
      expect(requested(permission)).toBe(false);
      expect(session.ask('permission check', null, permission, 'https://example.com', {})).toBe(false);
    },
  );

  it.each(['clipboard-sanitized-write', 'fullscreen'])('grants %s', (permission) => {
    expect(requested(permission)).toBe(true);
    expect(session.ask('permission check', null, permission, 'https://example.com', {})).toBe(true);
  });

  it('shares no screen and pairs with nothing', () => {
    const streams = jest.fn();
    session.ask('display', {}, streams);
    expect(streams).toHaveBeenCalledWith(null);
    const pairing = jest.fn();
    session.ask('pairing', {}, pairing);
    expect(pairing).toHaveBeenCalledWith({ confirmed: false });
  });

  it('has no devices', () => {
    expect(session.ask('device', {})).toBe(false);
  });

  it.each([
    ['select-hid-device', [{}], [null]],
    ['select-usb-device', [{}], []],
    ['select-serial-port', [[], {}], ['']],
  ])('chooses nothing in %s', (event, details, chosen) => {
    const preventDefault = jest.fn();
    const choose = jest.fn();
    session.emit(event, { preventDefault }, ...details, choose);
    expect(preventDefault).toHaveBeenCalled();
    expect(choose).toHaveBeenCalledWith(...chosen);
  });

  it('saves no file, and says so', () => {
    const preventDefault = jest.fn();
    session.emit('will-download', { preventDefault }, { getFilename: () => 'report.pdf' });
    expect(preventDefault).toHaveBeenCalled();
    expect(told).toEqual([expect.stringContaining('“report.pdf”')]);
  });
});
