import { createHash } from 'node:crypto';
import type { Append, Json } from './port.ts';

/**
 * What an append says, as a SHA-256 in hex: two appends under one command id are the same when their hashes are.
 *
 * Left out are the facts of the attempt, which a repetition may have anew: `recordedAt`, `appVersion` and the expectations. The
 * order of keys does not count, the order of writes and events does.
 */
export function contentHash(append: Append): string {
  const content: Json = [
    append.correlationId,
    append.causationId,
    append.actor,
    append.undoes,
    append.writes.map(({ stream, events }) => [
      stream,
      events.map(({ type, schemaVersion, data }) => [type, schemaVersion, data]),
    ]),
  ];
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}

function canonicalJson(value: Json): string {
  return JSON.stringify(value, (_key, item: Json) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
