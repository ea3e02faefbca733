import type { Folded } from './projection.ts';

/**
 * SHA-256, in hex, of everything that is folded from a log. Two machines with the same events have the same one, however each came to
 * its state: live, from stored rows, or from a snapshot.
 */
export async function stateHash(folded: Folded): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(stateText(folded)));
  return Buffer.from(digest).toString('hex');
}

/** A fold as JSON whose keys are sorted: SQL gives the keys of `metadata` back in an order of its own. */
export function stateText(folded: Folded): string {
  return JSON.stringify(folded, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
