import { PROVIDERS } from '@retrace/protocol';
import type { SessionRow } from '@retrace/protocol';

/**
 * The sessions that have every word of `query` in their name, page title, address or provider, those with all of them in the
 * name first; within that, the one used last first.
 */
export function findSessions(sessions: readonly SessionRow[], query: string): SessionRow[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const has = (text: string) => {
    const lower = text.toLowerCase();
    return words.every((word) => lower.includes(word));
  };
  return sessions
    .filter(({ name, provider, metadata }) =>
      has([name, metadata.title, metadata.lastUrl, PROVIDERS[provider].name].join('\n')),
    )
    .sort(
      (a, b) =>
        Number(has(b.name)) - Number(has(a.name)) ||
        (a.lastActive < b.lastActive ? 1 : a.lastActive > b.lastActive ? -1 : 0),
    );
}
