import type { SafeStorage } from 'electron';

/** How well the vault is protected on this computer. */
export type Protection =
  /** By a key in the operating system's keyring. */
  | 'keyring'
  /** By a key that is the same on every computer: scrambled, not secret. */
  | 'basic'
  /** Not at all. */
  | 'none';

/** Turns text into bytes that only this computer's user can read, as far as the computer can do that. */
export interface Cipher {
  readonly protection: Protection;
  seal(text: string): Promise<Buffer>;
  open(sealed: Buffer): Promise<string>;
}

/** The cipher of Electron's `safeStorage`; to be asked for once the application is ready. */
export async function systemCipher(safeStorage: SafeStorage, platform: NodeJS.Platform): Promise<Cipher> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return plainText;
  const isBasic = platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';
  return {
    protection: isBasic ? 'basic' : 'keyring',
    seal: (text) => safeStorage.encryptStringAsync(text),
    open: async (sealed) => (await safeStorage.decryptStringAsync(sealed)).result,
  };
}

/** No protection but the file's mode. A login that is kept like Chromium keeps its own cookies is better than one that is lost. */
export const plainText: Cipher = {
  protection: 'none',
  seal: (text) => Promise.resolve(Buffer.from(text, 'utf8')),
  open: (bytes) => Promise.resolve(bytes.toString('utf8')),
};

/** What a person has to know of the protection, or null where there is nothing to say. */
export function protectionNotice(protection: Protection): string | null {
  switch (protection) {
    case 'keyring':
      return null;
    case 'basic':
      return 'This computer has no keyring that Retrace can use, so the logins it keeps are only scrambled, not encrypted.';
    case 'none':
      return 'This computer offers no encryption to Retrace, so the logins it keeps are plain files that only your user may read.';
  }
}
