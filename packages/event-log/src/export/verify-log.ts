import { GENESIS } from '../chain/chain-link.ts';
import { LogError } from '../errors.ts';
import type { ChainLink, EventLog } from '../port.ts';
import { CHUNK_LENGTH } from '../read-chunks.ts';
import type { LongWork } from './progress.ts';
import type { Verified } from './verify-export.ts';

export interface VerifyLogOptions extends LongWork {
  /**
   * A link that was kept elsewhere, as a backup has it in its last line: the log must have it. Without one a log verifies whose
   * newest events were cut off, or that somebody wrote anew from the first.
   */
  readonly anchor?: ChainLink;
}

/**
 * Whether the events of a log are what was appended, in the order in which it was: every one up to the newest when it began.
 * It is done in the log's own thread, where it has one, between other questions.
 *
 * Invariant: the error names the first position whose content or place was changed.
 *
 * Rejects with `ChainBroken`, or with the signal's reason.
 */
export async function verifyLog(
  log: Pick<EventLog, 'chain'>,
  { anchor, onProgress, signal }: VerifyLogOptions = {},
): Promise<Verified> {
  const head = await log.chain.head();
  let link = GENESIS;
  let redacted = 0;
  if (anchor !== undefined && anchor.position > head.position) {
    throw broken(head.position + 1, `it is gone: the log had ${anchor.position} events`);
  }
  while (link.position < head.position) {
    signal?.throwIfAborted();
    // A stretch ends at the anchor, so that its link can be compared.
    const stop = anchor !== undefined && link.position < anchor.position ? anchor.position : head.position;
    const checked = await log.chain.check(link, Math.min(CHUNK_LENGTH, stop - link.position));
    if (checked.kind === 'broken') throw broken(checked.position, checked.reason);
    if (checked.link.position === link.position) throw broken(link.position + 1, 'it is missing');
    ({ link } = checked);
    redacted += checked.redacted;
    if (link.position === anchor?.position && link.hash !== anchor.hash) {
      throw broken(link.position, 'it, or an event before it, is not the one that was there');
    }
    onProgress?.(link.position, head.position);
  }
  if (link.hash !== head.hash) throw broken(link.position, 'the log does not end with it');
  return { head: link, redacted };
}

function broken(position: number, reason: string): LogError {
  return new LogError('ChainBroken', `The log was changed at position ${position}: ${reason}.`, { position });
}
