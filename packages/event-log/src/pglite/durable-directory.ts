import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Makes a directory, and those above it that are not there, so that they survive a power cut. Nobody else may look into it. */
export async function makeDirectory(directory: string): Promise<void> {
  const firstMade = await mkdir(directory, { recursive: true, mode: 0o700 });
  if (firstMade === undefined) return;
  for (let made = directory; made.length >= firstMade.length; made = dirname(made)) {
    await syncDirectory(dirname(made));
  }
}

/** Makes names that were created or renamed in `directory` survive a power cut. */
export async function syncDirectory(directory: string): Promise<void> {
  // Windows cannot open a directory as a file; NTFS keeps names in its own journal.
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
