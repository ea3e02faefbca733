import type { Desktop, SessionRow, ViewStatus } from '@retrace/protocol';

/** What a tab shows of its session beside the name. */
export type SessionState = StateHere | 'elsewhere';
type StateHere = 'awake' | 'asleep' | 'loading' | 'failed' | 'crashed';

/**
 * The most pressing of what is true of a session: a crash before a failure before loading before rest. What another desktop has
 * open is theirs, whatever is true of it there.
 */
export function sessionState(
  row: SessionRow,
  view: ViewStatus | undefined,
  elsewhere: Desktop | null,
): SessionState {
  return elsewhere === null ? sessionStateHere(row, view) : 'elsewhere';
}

function sessionStateHere(row: SessionRow, view: ViewStatus | undefined): StateHere {
  if (row.metadata.crash !== null) return 'crashed';
  if (view !== undefined && view.error !== null) return 'failed';
  if (view?.loading === true) return 'loading';
  return row.isActive ? 'awake' : 'asleep';
}

const SESSION_STATE_WORDS = {
  awake: 'Awake',
  asleep: 'Asleep',
  loading: 'Loading',
  failed: 'The page could not be loaded',
  crashed: 'The page has crashed',
} as const satisfies Record<StateHere, string>;

/** The same in words. */
export function stateWords(row: SessionRow, view: ViewStatus | undefined, elsewhere: Desktop | null): string {
  if (elsewhere !== null) return `Open on ${elsewhere.name}`;
  return SESSION_STATE_WORDS[sessionStateHere(row, view)];
}

/** The second line of a tab: the page's title, or its host while it has none. */
export function pageLine({ metadata }: SessionRow): string {
  // Chromium calls an empty page by its address.
  if (metadata.lastUrl === 'about:blank') return 'Empty page';
  return metadata.title === '' ? new URL(metadata.lastUrl).host : metadata.title;
}
