import { hash } from 'node:crypto';
import type { ChainLink } from '../port.ts';

/** Before the first event. */
export const GENESIS: ChainLink = { position: 0, hash: '0'.repeat(64) };

/**
 * The link of the event after `link`: the SHA-256 of the hash before it (32 bytes), its position (8), its version (4, both
 * big-endian) and its digest (32). `append-one.ts` has the same in SQL.
 */
export function linkAfter(link: ChainLink, version: number, digest: string): ChainLink {
  const position = link.position + 1;
  const linked = Buffer.alloc(76);
  linked.write(link.hash, 'hex');
  linked.writeBigInt64BE(BigInt(position), 32);
  linked.writeInt32BE(version, 40);
  linked.write(digest, 44, 'hex');
  return { position, hash: hash('sha256', linked) };
}
