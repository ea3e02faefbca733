import { setImmediate } from 'node:timers/promises';
import { GENESIS } from '../chain/chain-link.ts';
import { checkLines } from '../chain/check-lines.ts';
import type { ChainLink } from '../port.ts';
import type { LongWork } from './progress.ts';
import { damaged, readExport } from './read-export.ts';

/** What a log or an export was found to be: whole, up to `head`. */
export interface Verified {
  /** Keep it elsewhere to be able to tell later that events were cut off, or all of them made anew. */
  readonly head: ChainLink;
  /** Events whose data was erased since. */
  readonly redacted: number;
}

/**
 * Whether an export is what was written, to the byte. `source` is its text or its UTF-8, e.g. a file's stream.
 *
 * Invariants:
 * 1. Any byte that was changed, and any line that was moved, left out, repeated or cut off, is found.
 * 2. The error names the position of the first event that is not as it was, 0 for the first line.
 * 3. The thread is let go every few milliseconds, and memory does not grow with the export.
 *
 * Rejects with `ExportDamaged`, or with what the source or the signal says.
 */
export async function verifyExport(
  source: AsyncIterable<string | Uint8Array>,
  { onProgress, signal }: LongWork = {},
): Promise<Verified> {
  let link = GENESIS;
  let events = 0;
  let redacted = 0;
  for await (const piece of readExport(source)) {
    signal?.throwIfAborted();
    switch (piece.kind) {
      case 'header':
        ({ events } = piece);
        break;
      case 'events': {
        const checked = checkLines(link, piece.lines);
        if (checked.kind === 'broken') throw damaged(checked.position, checked.reason);
        ({ link } = checked);
        redacted += checked.redacted;
        onProgress?.(link.position, events);
        await setImmediate();
        break;
      }
      case 'end':
        if (piece.link.hash !== link.hash) throw damaged(link.position + 1, 'its last line has another hash');
    }
  }
  return { head: link, redacted };
}
