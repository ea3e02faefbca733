import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SessionIdSchema } from '@retrace/protocol';
import * as v from 'valibot';
import { plainText } from './cipher.ts';
import type { Cipher } from './cipher.ts';
import { NOTHING_KEPT } from './kept-session.ts';
import type { KeptSession } from './kept-session.ts';
import { openVault } from './vault.ts';
import type { Vault } from './vault.ts';

const ID = v.parse(SessionIdSchema, '0b8f6a52-6f0e-4c1c-9c53-0d2f3b7a9e11');

function keptWith(value: string): KeptSession {
  return {
    cookies: [
      {
        name: 'sid',
        value,
        domain: 'example.com',
        path: '/',
        hostOnly: true,
        secure: true,
        httpOnly: true,
        sameSite: 'lax',
      },
    ],
    entries: [
      { url: 'https://example.com/', scroll: { x: 0, y: 1200 } },
      { url: 'https://example.com/form', pageState: 'c3RhdGU=' },
    ],
  };
}

/** Reverses the bytes: enough to see whether a file passed through it. */
const reversing: Cipher = {
  protection: 'keyring',
  seal: (text) => Promise.resolve(Buffer.from(text).reverse()),
  open: (sealed) => Promise.resolve(Buffer.from(sealed).reverse().toString()),
};
const locked: Cipher = { ...reversing, open: () => Promise.reject(new Error('The keyring is locked.')) };

let directory: string;
let unreadable: unknown[];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'retrace-vault-'));
  unreadable = [];
});
afterEach(() => rm(directory, { recursive: true }));

const open = (cipher: Cipher): Promise<Vault> =>
  openVault(directory, cipher, (id, error) => unreadable.push([id, String(error)]));

describe('the vault', () => {
  it('has nothing of a session that kept nothing', async () => {
    expect(await (await open(plainText)).read(ID)).toEqual(NOTHING_KEPT);
  });

  it.each([
    ['sealed', reversing],
    ['plain', plainText],
  ])('gives a %s session back after a restart', async (_how, cipher) => {
    await (await open(cipher)).write(ID, keptWith('secret'));
    expect(await (await open(cipher)).read(ID)).toEqual(keptWith('secret'));
  });

  it('writes nothing readable where the computer can encrypt', async () => {
    await (await open(reversing)).write(ID, keptWith('secret'));
    expect(await readFile(join(directory, ID), 'utf8')).not.toContain('secret');
  });

  it('lets nobody else read the file', async () => {
    await (await open(plainText)).write(ID, keptWith('secret'));
    expect((await stat(join(directory, ID))).mode & 0o777).toBe(0o600);
  });

  it('reads files from before there was a keyring', async () => {
    await (await open(plainText)).write(ID, keptWith('early'));
    expect(await (await open(reversing)).read(ID)).toEqual(keptWith('early'));
  });

  it('ends with the newest of many writes at once', async () => {
    const vault = await open(plainText);
    await Promise.all(['1', '2', '3', '4'].map((value) => vault.write(ID, keptWith(value))));
    expect(await vault.read(ID)).toEqual(keptWith('4'));
    expect(await readdir(directory)).toEqual([ID]);
  });

  it('reads what is still being written', async () => {
    const vault = await open(plainText);
    const writing = vault.write(ID, keptWith('now'));
    expect(await vault.read(ID)).toEqual(keptWith('now'));
    await writing;
  });

  it('sets a file aside that cannot be read, and says so', async () => {
    await (await open(reversing)).write(ID, keptWith('secret'));
    const vault = await open(locked);
    expect(await vault.read(ID)).toEqual(NOTHING_KEPT);
    expect(unreadable).toEqual([[ID, 'Error: The keyring is locked.']]);
    await vault.write(ID, keptWith('fresh'));
    expect((await readdir(directory)).sort()).toEqual([ID, `${ID}.unreadable`]);
  });

  it.each([
    ['cut short', 'retrace-vault 1 plain\n{"cookies":['],
    ['of another shape', 'retrace-vault 1 plain\n{"cookies":{}}'],
    ['of a newer version', 'retrace-vault 9 plain\n{}'],
    ['empty', ''],
  ])('sets a file aside that is %s', async (_how, content) => {
    const vault = await open(plainText);
    await writeFile(join(directory, ID), content);
    expect(await vault.read(ID)).toEqual(NOTHING_KEPT);
    expect(unreadable).toHaveLength(1);
  });
});
