import { describe, expect, it } from '@jest/globals';
import { isGranted } from './permissions.ts';

describe('permissions of a page', () => {
  it.each(['clipboard-sanitized-write', 'fullscreen'])('grants %s', (permission) => {
    expect(isGranted(permission)).toBe(true);
  });

  it.each([
    'media',
    'notifications',
    'clipboard-read',
    'geolocation',
    'display-capture',
    'midi',
    'midiSysex',
    'hid',
    'serial',
    'usb',
    'openExternal',
    'fileSystem',
    'storage-access',
    'idle-detection',
    'local-network-access',
    'unknown',
    'a-permission-of-the-future',
  ])('denies %s', (permission) => {
    expect(isGranted(permission)).toBe(false);
  });
});
