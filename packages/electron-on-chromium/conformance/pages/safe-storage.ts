/* eslint-disable @typescript-eslint/no-deprecated -- what is deprecated is documented, too */
import assert from 'node:assert/strict';
import { page } from '../page.ts';

export const safeStorage = page('safe-storage', (check) => {
  check(
    'safeStorage.setUsePlainTextEncryption(usePlainText)',
    'makes encryption available on Linux',
    ({ electron: { safeStorage } }) => {
      safeStorage.setUsePlainTextEncryption(true);
      assert.equal(safeStorage.isEncryptionAvailable(), true);
    },
  );
  check(
    'safeStorage.encryptString(plainText)',
    'is read back by decryptString',
    ({ electron: { safeStorage } }) => {
      const encrypted = safeStorage.encryptString('pässword');
      assert.ok(Buffer.isBuffer(encrypted) && !encrypted.includes('ssword'));
      assert.equal(safeStorage.decryptString(encrypted), 'pässword');
    },
  );
  check(
    'safeStorage.decryptString(encrypted)',
    'throws for what was not encrypted',
    ({ electron: { safeStorage } }) => {
      assert.throws(
        () => safeStorage.decryptString(Buffer.from('plain')),
        /Error while decrypting the ciphertext/,
      );
    },
  );
  check(
    'safeStorage.encryptString(plainText)',
    'refuses what is no string',
    ({ electron: { safeStorage } }) => {
      assert.throws(() => safeStorage.encryptString(5 as never));
    },
  );
  check(
    'safeStorage.encryptStringAsync(plainText)',
    'is read back by decryptStringAsync',
    async ({ electron: { safeStorage } }) => {
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(
        await safeStorage.encryptStringAsync('secret'),
      );
      assert.deepEqual([result, shouldReEncrypt], ['secret', false]);
    },
  );
  check(
    'safeStorage.getSelectedStorageBackend()',
    'is one of the documented names',
    ({ electron: { safeStorage } }) => {
      assert.ok(
        ['basic_text', 'gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6', 'unknown'].includes(
          safeStorage.getSelectedStorageBackend(),
        ),
      );
    },
  );
});
