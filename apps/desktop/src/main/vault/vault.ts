import { mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { SessionId } from '@retrace/protocol';
import * as v from 'valibot';
import writeFileAtomic from 'write-file-atomic';
import type { Cipher } from './cipher.ts';
import { KeptSessionSchema, NOTHING_KEPT } from './kept-session.ts';
import type { KeptSession } from './kept-session.ts';

/** First line of a file: what it is and whether the rest is sealed. */
const SEALED = 'retrace-vault 1 sealed\n';
const PLAIN = 'retrace-vault 1 plain\n';

/** What each session keeps beside its partition, one file a session, readable by its owner only. */
export interface Vault {
  /** What was written last, or nothing. A file that cannot be read is set aside as `<id>.unreadable` and told of; it is never overwritten. */
  read(id: SessionId): Promise<KeptSession>;
  /** Resolves once it is on the disk. Of several writes asked for while one runs, only the newest is written. */
  write(id: SessionId, kept: KeptSession): Promise<void>;
}

/** The vault in `directory`, which is made if need be. `onUnreadable` is told why a session's file could not be read. */
export async function openVault(
  directory: string,
  cipher: Cipher,
  onUnreadable: (id: SessionId, error: unknown) => void,
): Promise<Vault> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const writes = new Map<SessionId, { next: KeptSession | null; done: Promise<void> }>();
  const pathOf = (id: SessionId) => join(directory, id);

  const writeFile = async (id: SessionId, kept: KeptSession) => {
    const content = await cipher.seal(JSON.stringify(kept));
    const header = Buffer.from(cipher.protection === 'none' ? PLAIN : SEALED);
    await writeFileAtomic(pathOf(id), Buffer.concat([header, content]), { mode: 0o600 });
  };

  return {
    async read(id) {
      // A close still being written is newer than the file.
      await writes.get(id)?.done;
      const bytes = await readFile(pathOf(id)).catch((error: unknown) => {
        if (isMissing(error)) return null;
        throw error;
      });
      if (bytes === null) return NOTHING_KEPT;
      try {
        return v.parse(KeptSessionSchema, JSON.parse(await openFile(bytes, cipher)));
      } catch (error) {
        // A locked keyring today may be open tomorrow: writing over the file would make the loss final.
        await rename(pathOf(id), `${pathOf(id)}.unreadable`);
        onUnreadable(id, error);
        return NOTHING_KEPT;
      }
    },
    write(id, kept) {
      const running = writes.get(id);
      if (running !== undefined) {
        running.next = kept;
        return running.done;
      }
      const state = { next: kept as KeptSession | null, done: Promise.resolve() };
      const drain = async () => {
        try {
          while (state.next !== null) {
            const current = state.next;
            state.next = null;
            await writeFile(id, current);
          }
        } finally {
          writes.delete(id);
        }
      };
      writes.set(id, state);
      state.done = drain();
      return state.done;
    },
  };
}

async function openFile(bytes: Buffer, cipher: Cipher): Promise<string> {
  const rest = (header: string) => bytes.subarray(Buffer.byteLength(header));
  if (bytes.subarray(0, PLAIN.length).equals(Buffer.from(PLAIN))) return rest(PLAIN).toString('utf8');
  if (bytes.subarray(0, SEALED.length).equals(Buffer.from(SEALED))) return cipher.open(rest(SEALED));
  throw new Error('This is not a file of the vault, or one of a newer Retrace.');
}

function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}
