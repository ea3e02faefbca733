import type { SessionId, SessionRow } from '@retrace/protocol';

/**
 * Which live sessions go to sleep so that no more than `maxLiveViews` stay: the least recently active ones first, never the
 * one shown.
 */
export function sessionsToSleep(
  live: readonly SessionRow[],
  shown: SessionId | null,
  maxLiveViews: number,
): readonly SessionId[] {
  const surplus = Math.max(0, live.length - maxLiveViews);
  return live
    .filter((row) => row.id !== shown)
    .sort((a, b) => (a.lastActive < b.lastActive ? -1 : a.lastActive > b.lastActive ? 1 : 0))
    .slice(0, surplus)
    .map((row) => row.id);
}
