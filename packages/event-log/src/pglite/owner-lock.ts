import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LogError } from '../errors.ts';

/** `sun_path` holds 104 bytes on macOS and 108 on Linux, with the NUL at its end. */
const MAX_SOCKET_PATH = 103;
const LONGEST_NAME = '/4194304-00000000.sock'.length;
const ATTEMPTS = 5;

export interface OwnerLock {
  release(): Promise<void>;
}

/**
 * Makes this process the one owner of a directory (a real path) until `release()` or its end, however it ends. PGlite takes no
 * lock, and two processes on one directory destroy it (pglite#1106, #892, #709).
 *
 * Invariants:
 * 1. Two processes never both own a directory.
 * 2. Ownership ends with the process: the operating system closes its socket. No age makes it end (a process that is stopped or
 *    busy still owns: the kernel answers for its socket).
 *
 * Each contender listens on a socket of its own in a folder beside the data before it looks at the others there. Of any two, the
 * one that listened later sees the earlier one, so (1) holds whatever the order. A socket gets its visible name once it listens,
 * so one that refuses belongs to a process that has ended, and is removed. Who sees another alive withdraws, waits for a random
 * moment, and looks again; then it gives up. Windows has this built in: the first instance of a named pipe is exclusive.
 *
 * Rejects with `LogOwned`, naming the process where it is known.
 */
export async function acquireOwnership(directory: string): Promise<OwnerLock> {
  const contend = process.platform === 'win32' ? contendForPipe : contendAmongSockets;
  let owner: string | null = null;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (attempt > 0) await delay(20 + Math.random() * 100);
    const result = await contend(directory);
    if (typeof result === 'object') return result;
    owner = result;
  }
  throw new LogError(
    'LogOwned',
    `${directory} is in use by ${owner ?? 'another process'}. Close it there first; nothing was changed.`,
  );
}

/** The lock, or the words for who has it. */
type Contention = OwnerLock | string;

async function contendAmongSockets(directory: string): Promise<Contention> {
  const folder = await socketFolder(directory);
  const id = `${process.pid}-${randomBytes(4).toString('hex')}`;
  const [hidden, visible] = [join(folder, `${id}.new`), join(folder, `${id}.sock`)];
  const server = await listen(hidden);
  const release = async (): Promise<void> => {
    await rm(visible, { force: true });
    await close(server);
  };
  try {
    await rename(hidden, visible);
    for (const name of await readdir(folder)) {
      if (name.startsWith(id)) continue;
      const state = await probe(join(folder, name));
      if (state === 'dead') await rm(join(folder, name), { force: true });
      if (state === 'alive' && name.endsWith('.sock')) {
        await release();
        return `process ${name.split('-')[0] ?? ''}`;
      }
    }
    return { release };
  } catch (error) {
    await release();
    // Another contender took the hidden socket for a dead one in the moment before it listened: as good as being seen.
    if (hasCode(error, 'ENOENT')) return 'another process';
    throw error;
  }
}

async function contendForPipe(directory: string): Promise<Contention> {
  try {
    const server = await listen(`\\\\.\\pipe\\retrace-${digest(directory.toLowerCase())}`);
    return { release: () => close(server) };
  } catch (error) {
    if (hasCode(error, 'EADDRINUSE') || hasCode(error, 'EACCES')) return 'another process';
    throw error;
  }
}

/** In the directory itself, or under `/tmp` (not `TMPDIR`, which may differ between two processes) where its path is too long. */
async function socketFolder(directory: string): Promise<string> {
  const beside = join(directory, 'owner');
  const fits = Buffer.byteLength(beside) + LONGEST_NAME <= MAX_SOCKET_PATH;
  const folder = fits ? beside : `/tmp/retrace-${process.getuid?.() ?? 0}-${digest(directory)}`;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

function listen(path: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    // Being connected to is the whole message.
    const server = createServer((socket) => socket.destroy());
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      // A failed accept (no descriptors left) ends nothing: the socket stays, and the kernel goes on answering.
      server.on('error', () => undefined);
      server.unref();
      resolve(server);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

function probe(path: string): Promise<'alive' | 'dead' | 'gone'> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve('alive');
    });
    socket.once('error', (error) => {
      if (hasCode(error, 'ECONNREFUSED')) resolve('dead');
      else if (hasCode(error, 'ENOENT')) resolve('gone');
      // Not certainly dead (a full queue, a lack of rights) is alive.
      else resolve('alive');
    });
  });
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
