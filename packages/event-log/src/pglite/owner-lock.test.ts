import { existsSync } from 'node:fs';
import { mkdir, readdir, realpath, rename, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { acquireOwnership, type OwnerLock } from './owner-lock.ts';
import { ScratchLogs } from './testing/scratch-log.ts';

const scratch = new ScratchLogs();

afterEach(() => scratch.dispose());

describe('owning a directory', () => {
  it('1: is refused while another owns it, with the process that does, and possible after', async () => {
    const directory = await scratch.directory();
    const first = await acquireOwnership(directory);

    await expect(acquireOwnership(directory)).rejects.toMatchObject({
      code: 'LogOwned',
      message: expect.stringContaining(String(process.pid)),
    });

    await first.release();
    const second = await acquireOwnership(directory);
    await second.release();
  });

  it('1: is won by one at most of many that try at once, again and again', async () => {
    const directory = await scratch.directory();
    let owners = 0;
    let wins = 0;
    const contend = async (): Promise<void> => {
      for (let round = 0; round < 5; round += 1) {
        const lock = await acquireOwnership(directory).catch((): OwnerLock | null => null);
        if (lock === null) continue;
        owners += 1;
        wins += 1;
        expect(owners).toBe(1);
        await new Promise((resolve) => setImmediate(resolve));
        owners -= 1;
        await lock.release();
      }
    };
    await Promise.all(Array.from({ length: 8 }, contend));
    expect(wins).toBeGreaterThan(0);
  });
});

// Windows has no such sockets: its named pipes are exclusive by themselves.
if (process.platform !== 'win32') {
  describe('the sockets of a directory', () => {
    it('2: is not hindered by the socket of a process that was killed', async () => {
      const directory = await scratch.directory();
      const folder = join(directory, 'owner');
      await mkdir(folder);
      // What a killed process leaves: a socket that nobody listens on. Closing removes it under its first name only.
      const killed = createServer();
      await new Promise<void>((resolve) => killed.listen(join(folder, 'first'), resolve));
      await rename(join(folder, 'first'), join(folder, '999999-0badcafe.sock'));
      await new Promise((resolve) => killed.close(resolve));

      const lock = await acquireOwnership(directory);

      expect((await readdir(folder)).filter((name) => name.startsWith('999999'))).toEqual([]);
      await lock.release();
    });

    it('1: is refused by any socket that answers, whoever listens on it', async () => {
      const directory = await scratch.directory();
      await mkdir(join(directory, 'owner'));
      const stranger = createServer();
      await new Promise<void>((resolve) =>
        stranger.listen(join(directory, 'owner', '1-deadbeef.sock'), resolve),
      );

      await expect(acquireOwnership(directory)).rejects.toMatchObject({ code: 'LogOwned' });

      await new Promise((resolve) => stranger.close(resolve));
    });

    it('1: holds for a directory whose path is too long for a socket', async () => {
      const directory = await realpath(join(await scratch.directory()));
      const deep = join(directory, 'a'.repeat(100));
      await mkdir(deep);
      const first = await acquireOwnership(deep);

      expect(existsSync(join(deep, 'owner'))).toBe(false);
      await expect(acquireOwnership(deep)).rejects.toMatchObject({ code: 'LogOwned' });

      await first.release();
      await rm(deep, { recursive: true });
    });
  });
}
