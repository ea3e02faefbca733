import { describe, expect, it } from '@jest/globals';
import type { SafeStorage } from 'electron';
import { protectionNotice, systemCipher } from './cipher.ts';

type Backend = ReturnType<SafeStorage['getSelectedStorageBackend']>;

function storage(available: boolean, backend: Backend): SafeStorage {
  const partial: Partial<SafeStorage> = {
    isAsyncEncryptionAvailable: () => Promise.resolve(available),
    getSelectedStorageBackend: () => backend,
    encryptStringAsync: (text) => Promise.resolve(Buffer.from(`<${text}>`)),
    decryptStringAsync: (sealed) =>
      Promise.resolve({ result: sealed.toString().slice(1, -1), shouldReEncrypt: false }),
  };
  // The deprecated synchronous half is not used.
  return partial as SafeStorage;
}

describe('systemCipher', () => {
  it.each<[boolean, Backend, NodeJS.Platform, string]>([
    [true, 'gnome_libsecret', 'linux', 'keyring'],
    [true, 'kwallet6', 'linux', 'keyring'],
    [true, 'basic_text', 'linux', 'basic'],
    [true, 'unknown', 'darwin', 'keyring'],
    [false, 'basic_text', 'linux', 'none'],
    [false, 'unknown', 'win32', 'none'],
  ])('available %s with %s on %s is %s', async (available, backend, platform, expected) => {
    const cipher = await systemCipher(storage(available, backend), platform);
    expect(cipher.protection).toBe(expected);
    expect(await cipher.open(await cipher.seal('a login'))).toBe('a login');
  });

  it('claims nothing where there is no keyring', () => {
    expect(protectionNotice('keyring')).toBeNull();
    expect(protectionNotice('basic')).toMatch(/not encrypted/);
    expect(protectionNotice('none')).toMatch(/no encryption/);
  });
});
