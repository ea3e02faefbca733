import type { ChainCheck, ChainLink } from '../port.ts';
import { linkAfter } from './chain-link.ts';
import { sealOf, type ChainedEvent } from './chained-event.ts';
import { digestOf, sha256 } from './digest.ts';

/**
 * Whether `events` are those that were appended after `link`.
 *
 * Invariant: the first position at which anything that an event says, or its place, differs from what was appended is named.
 * An event that was redacted is as it was appended, but for its data; that is as the redaction left it.
 */
export function checkEvents(link: ChainLink, events: Iterable<ChainedEvent>): ChainCheck {
  let newest = link;
  let redacted = 0;
  for (const event of events) {
    const position = newest.position + 1;
    const flaw = flawOf(newest, event);
    if (flaw !== null) return { kind: 'broken', position, reason: flaw };
    newest = { position, hash: event.chain };
    if (event.redaction !== null) redacted += 1;
  }
  return { kind: 'whole', link: newest, redacted };
}

function flawOf(link: ChainLink, event: ChainedEvent): string | null {
  const { redaction } = event;
  if (event.position !== link.position + 1) return `position ${event.position} is in its place`;
  const digest = digestOf(event, redaction?.dataHash ?? sha256(event.data));
  if (linkAfter(link, event.version, digest).hash !== event.chain) return 'its hash does not fit';
  if (redaction !== null && sealOf(event, redaction) !== redaction.seal)
    return 'its redaction is not as it was made';
  return null;
}
