import { createCipheriv, createDecipheriv, pbkdf2Sync } from 'node:crypto';

/**
 * Chromium's own fall-back on Linux when there is no keyring: a key that everybody knows
 * (components/os_crypt/sync/os_crypt_linux.cc, version 10). It keeps a file from being read at a glance and nothing more, which
 * `getSelectedStorageBackend` says as Electron does.
 */
const prefix = Buffer.from('v10');
const key = pbkdf2Sync('peanuts', 'saltysalt', 1, 16, 'sha1');
const iv = Buffer.alloc(16, ' ');

let plainTextAllowed = false;

function requireAllowed(): void {
  if (!plainTextAllowed)
    throw new Error(
      'Encryption is not available: there is no keyring here. See safeStorage.setUsePlainTextEncryption.',
    );
}

export const safeStorage = {
  /** False until the app has said that a key which everybody knows will do. */
  isEncryptionAvailable: (): boolean => plainTextAllowed,

  encryptString(plainText: string): Buffer {
    requireAllowed();
    const cipher = createCipheriv('aes-128-cbc', key, iv);
    return Buffer.concat([prefix, cipher.update(plainText, 'utf8'), cipher.final()]);
  },

  /** Throws for what `encryptString` has not made. */
  decryptString(encrypted: Buffer): string {
    if (!encrypted.subarray(0, prefix.length).equals(prefix))
      throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.');
    const decipher = createDecipheriv('aes-128-cbc', key, iv);
    const text = Buffer.concat([decipher.update(encrypted.subarray(prefix.length)), decipher.final()]);
    return text.toString('utf8');
  },

  isAsyncEncryptionAvailable: (): Promise<boolean> => Promise.resolve(plainTextAllowed),

  async encryptStringAsync(plainText: string): Promise<Buffer> {
    return await Promise.resolve(safeStorage.encryptString(plainText));
  },

  async decryptStringAsync(encrypted: Buffer): Promise<{ shouldReEncrypt: boolean; result: string }> {
    return await Promise.resolve({ shouldReEncrypt: false, result: safeStorage.decryptString(encrypted) });
  },

  getSelectedStorageBackend: () => 'basic_text' as const,

  setUsePlainTextEncryption(usePlainText: boolean): void {
    plainTextAllowed = usePlainText;
  },
};
