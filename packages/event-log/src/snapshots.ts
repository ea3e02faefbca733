import { createHash } from 'node:crypto';
import { flawOfJson, isStorableText, MAX_NAME_LENGTH } from './append-check.ts';
import { LogError } from './errors.ts';
import type { Json, Snapshots } from './port.ts';

/** {@link Snapshots} with their state as JSON text: what travels between threads and to servers. */
export interface SnapshotTexts {
  save(name: string, position: number, text: string): Promise<unknown>;
  newest(
    name: string,
    atOrBefore: number,
  ): Promise<{ readonly position: number; readonly text: string } | null>;
  drop(name: string, position: number | null): Promise<unknown>;
}

/** Snapshots over texts. What could not be given back as it is, is refused here for every adapter. */
export function snapshotsOver(texts: SnapshotTexts): Snapshots {
  return {
    save: async (name, position, state) => {
      checkSnapshot(name, position, state);
      await texts.save(name, position, JSON.stringify(state));
    },
    newest: async (name, atOrBefore) => {
      const found = await texts.newest(name, atOrBefore);
      // It was written by `save`, and no other text has its seal.
      return found && { position: found.position, state: JSON.parse(found.text) as Json };
    },
    drop: async (name, position) => {
      await texts.drop(name, position ?? null);
    },
  };
}

/** What a snapshot is known by: one that was damaged, or moved to another position or name, does not have the seal it was saved with. */
export function sealOfSnapshot(name: string, position: number, text: string): string {
  return createHash('sha256')
    .update(JSON.stringify([name, position]))
    .update(text)
    .digest('hex');
}

/** Throws `InvalidAppend`. */
function checkSnapshot(name: string, position: number, state: Json): void {
  const flaw = flawOfJson(state);
  if (flaw !== null) throw malformed(`its state ${flaw}`);
  if (name === '' || name.length > MAX_NAME_LENGTH || !isStorableText(name)) {
    throw malformed(`“${name}” cannot be its name`);
  }
  if (!Number.isSafeInteger(position) || position < 1) throw malformed(`${position} is not a position`);
}

function malformed(reason: string): LogError {
  return new LogError('InvalidAppend', `The snapshot is malformed: ${reason}.`);
}
