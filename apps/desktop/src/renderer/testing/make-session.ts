import { partitionOf } from '@retrace/protocol';
import type { SessionId, SessionMetadata, SessionRow, SessionTable } from '@retrace/protocol';

/** The id `00000000-0000-4000-8000-00000000000n`. */
export function sessionId(n: number): SessionId {
  // A UUID by construction; parsing it would add nothing to a test.
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` as SessionId;
}

/** A session as an engine would hold it, with what the test names in place of the rest. */
export function makeSession(
  n: number,
  {
    metadata,
    ...row
  }: Partial<Omit<SessionRow, 'metadata'>> & { readonly metadata?: Partial<SessionMetadata> } = {},
): SessionRow {
  const id = sessionId(n);
  const provider = row.provider ?? 'claude';
  const homeUrl = 'https://claude.ai/new';
  return {
    id,
    provider,
    name: `Session ${n}`,
    partition: partitionOf(provider, id),
    createdAt: '2026-11-01T09:00:00.000Z',
    lastActive: '2026-11-01T09:00:00.000Z',
    isActive: true,
    deletedAt: null,
    ...row,
    metadata: {
      homeUrl,
      lastUrl: homeUrl,
      title: '',
      favicon: null,
      navigation: { entries: [{ url: homeUrl, title: '' }], index: 0 },
      sortKey: n,
      crash: null,
      ...metadata,
    },
  };
}

export function makeTable(...sessions: SessionRow[]): SessionTable {
  return {
    position: sessions.length,
    activeSessionId: sessions[0]?.id ?? null,
    sessions: Object.fromEntries(sessions.map((session) => [session.id, session])),
  };
}
