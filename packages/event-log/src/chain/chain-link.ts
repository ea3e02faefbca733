import { createHash } from 'node:crypto';
import type { ChainLink } from '../port.ts';

/** Before the first event. */
export const GENESIS: ChainLink = { position: 0, hash: '0'.repeat(64) };

/**
 * The link of the event after `link`: the SHA-256 of the hash before it, its position (8 bytes), its version (4 bytes, both
 * big-endian) and its digest. `append-statement.ts` has the same in SQL.
 */
export function linkAfter(link: ChainLink, version: number, digest: string): ChainLink {
  const position = link.position + 1;
  const numbers = Buffer.alloc(12);
  numbers.writeBigInt64BE(BigInt(position));
  numbers.writeInt32BE(version, 8);
  const hash = createHash('sha256')
    .update(link.hash, 'hex')
    .update(numbers)
    .update(digest, 'hex')
    .digest('hex');
  return { position, hash };
}
