import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Written into the profile: the process that uses it. */
const fileName = 'electron-on-chromium.pid';

/** How long the process of an app that was killed may take to end, in milliseconds. */
const patience = 5_000;

/**
 * Waits until the process that used a profile before has ended. Chromium ends itself when its app is killed, but an app that
 * is started again at once would find it still writing, and two processes must not share a profile: the headless one takes no
 * lock.
 */
export async function untilProfileIsFree(profileDir: string): Promise<void> {
  const pid = await readOwner(profileDir);
  if (pid === undefined) return;
  const deadline = Date.now() + patience;
  while (Date.now() < deadline && (await isOwner(pid, profileDir))) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export function claimProfile(profileDir: string, pid: number): Promise<void> {
  return writeFile(join(profileDir, fileName), String(pid));
}

async function readOwner(profileDir: string): Promise<number | undefined> {
  try {
    const pid = Number(await readFile(join(profileDir, fileName), 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A number may have been given to another process since: only one that names the profile is its owner. */
async function isOwner(pid: number, profileDir: string): Promise<boolean> {
  try {
    process.kill(pid, 0);
    return (
      process.platform !== 'linux' || (await readFile(`/proc/${pid}/cmdline`, 'utf8')).includes(profileDir)
    );
  } catch {
    // No such process any more.
    return false;
  }
}
