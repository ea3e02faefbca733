import { sha256 } from './chain/digest.ts';
import type { Append } from './port.ts';

/**
 * What an append says, as a SHA-256 in hex: two appends under one command id are the same when their hashes are.
 *
 * Left out are the facts of the attempt, which a repetition may have anew: `recordedAt`, `appVersion` and the expectations. The
 * order of writes, of events and of the keys in their data counts: a repetition is made by the code that made the first.
 */
export function contentHash(append: Append): string {
  const content = JSON.stringify([
    append.correlationId,
    append.causationId,
    append.actor,
    append.undoes,
    append.writes.map(({ stream, events }) => [
      stream,
      events.map(({ type, schemaVersion, data }) => [type, schemaVersion, data]),
    ]),
  ]);
  return sha256(content);
}
