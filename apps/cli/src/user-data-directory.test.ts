import { describe, expect, it } from '@jest/globals';
import { defaultUserDataDirectory } from './user-data-directory.ts';

describe('defaultUserDataDirectory', () => {
  it.each<[NodeJS.Platform, NodeJS.ProcessEnv, string]>([
    ['linux', {}, '/home/me/.config/Retrace'],
    ['linux', { XDG_CONFIG_HOME: '/elsewhere' }, '/elsewhere/Retrace'],
    ['darwin', {}, '/home/me/Library/Application Support/Retrace'],
    ['win32', { APPDATA: '/roaming' }, '/roaming/Retrace'],
  ])('on %s with %j is %s', (platform, environment, expected) => {
    expect(defaultUserDataDirectory(platform, environment, '/home/me')).toBe(expected);
  });
});
