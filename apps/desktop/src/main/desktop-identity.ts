import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DesktopSchema, MAX_NAME_LENGTH } from '@retrace/protocol';
import type { Desktop } from '@retrace/protocol';
import * as v from 'valibot';
import writeFileAtomic from 'write-file-atomic';

/**
 * Who this desktop is among those that share a log: an id that is made once and kept in `userData`, since that is what holds its
 * partitions, and the machine's name as it is now.
 *
 * Rejects when the file cannot be written, or holds something else: a new id would leave its sessions to nobody.
 */
export async function desktopIdentity(userData: string): Promise<Desktop> {
  const file = join(userData, 'desktop-id');
  const name = hostname().slice(0, MAX_NAME_LENGTH) || 'a desktop';
  const kept = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  });
  if (kept !== null) return v.parse(DesktopSchema, { id: kept.trim(), name });
  const id = randomUUID();
  await writeFileAtomic(file, `${id}\n`);
  return { id, name };
}
