import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { npm } from '../../../scripts/project.ts';
import { BENCH_CACHE } from './places.ts';

const run = promisify(execFile);

/** Each a folder in `peers/` here, with the versions it is measured in pinned by a lock file. */
export const PEERS = ['better-sqlite3', 'emmett-sqlite', 'emmett-postgresql'] as const;
export type Peer = (typeof PEERS)[number];

export type Installation =
  | { readonly installed: true; readonly versions: Readonly<Record<string, string>> }
  | { readonly installed: false; readonly reason: string };

/** Where the peers are installed: outside what the project's own `npm ci` installs. */
export const PEERS_DIRECTORY = join(BENCH_CACHE, 'peers');

/** Native addons are built here, which takes a minute or two. */
const INSTALL_LIMIT_MS = 5 * 60_000;

/** Installs what is not there yet. A peer that cannot be installed says why, and the others are measured without it. */
export async function installPeers(): Promise<Readonly<Record<Peer, Installation>>> {
  const installed = PEERS.map(async (peer) => {
    try {
      return [peer, { installed: true, versions: await install(peer) }] as const;
    } catch (error) {
      const [reason = ''] = String(error).split('\n');
      return [peer, { installed: false, reason }] as const;
    }
  });
  // Every peer has its entry.
  return Object.fromEntries(await Promise.all(installed)) as Record<Peer, Installation>;
}

async function install(peer: Peer): Promise<Readonly<Record<string, string>>> {
  const pinned = join(import.meta.dirname, 'peers', peer);
  const target = join(PEERS_DIRECTORY, peer);
  const lock = await readFile(join(pinned, 'package-lock.json'));
  const print = createHash('sha256').update(lock).update(process.version).digest('hex');
  const stamp = join(target, '.installed-from');
  if ((await readFile(stamp, 'utf8').catch(() => null)) !== print) {
    console.log(`log: installing ${peer} …`);
    await rm(target, { recursive: true, force: true });
    await mkdir(target, { recursive: true });
    await cp(pinned, target, { recursive: true });
    await run(npm.command, [...npm.args, 'ci', '--no-audit', '--no-fund'], {
      cwd: target,
      timeout: INSTALL_LIMIT_MS,
    });
    await writeFile(stamp, print);
  }
  const { dependencies } = JSON.parse(await readFile(join(target, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  return dependencies;
}
