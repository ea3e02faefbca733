import type { SessionRow, ViewStatus } from '@retrace/protocol';

/** What a tab shows of its session beside the name. */
export type SessionState = 'awake' | 'asleep' | 'loading' | 'failed' | 'crashed';

/** The most pressing of what is true of a session: a crash before a failure before loading before rest. */
export function sessionState(row: SessionRow, view: ViewStatus | undefined): SessionState {
  if (row.metadata.crash !== null) return 'crashed';
  if (view !== undefined && view.error !== null) return 'failed';
  if (view?.loading === true) return 'loading';
  return row.isActive ? 'awake' : 'asleep';
}

export const SESSION_STATE_WORDS = {
  awake: 'Awake',
  asleep: 'Asleep',
  loading: 'Loading',
  failed: 'The page could not be loaded',
  crashed: 'The page has crashed',
} as const satisfies Record<SessionState, string>;

/** The second line of a tab: the page's title, or its host while it has none. */
export function pageLine({ metadata }: SessionRow): string {
  // Chromium calls an empty page by its address.
  if (metadata.lastUrl === 'about:blank') return 'Empty page';
  return metadata.title === '' ? new URL(metadata.lastUrl).host : metadata.title;
}
