import { PROVIDERS } from '@retrace/protocol';
import type { Actor, SessionEvent, SessionId } from '@retrace/protocol';

/** What happened, in the words of the screen. `nameOf` gives the name that a session has now. */
export function eventSentence(event: SessionEvent, nameOf: (id: SessionId) => string): string {
  const name = `“${nameOf(event.data.sessionId)}”`;
  switch (event.type) {
    case 'SessionCreated':
      return event.data.provider === 'custom'
        ? `Created “${event.data.name}”`
        : `Created “${event.data.name}” for ${PROVIDERS[event.data.provider].name}`;
    case 'SessionActivated':
      return `Switched to ${name}`;
    case 'SessionNavigated':
      return NAVIGATION_SENTENCES[event.data.cause](shortAddress(event.data.url));
    case 'SessionPageDescribed':
      return event.data.title === '' ? 'The page has no title' : `The page is titled “${event.data.title}”`;
    case 'SessionRenamed':
      return `Renamed “${event.data.previousName}” to “${event.data.name}”`;
    case 'SessionSlept':
      return `${name} went to sleep`;
    case 'SessionWoken':
      return `${name} woke up`;
    case 'SessionDeleted':
      return `Deleted ${name}`;
    case 'SessionRestored':
      return `Brought back ${name}`;
    case 'SessionClaimed':
      return `Opened ${name} on ${event.data.desktopName}`;
    case 'ViewCrashed':
      return `The page of ${name} crashed`;
  }
}

type Cause = Extract<SessionEvent, { type: 'SessionNavigated' }>['data']['cause'];

const NAVIGATION_SENTENCES = {
  typed: (address) => `Opened ${address}`,
  link: (address) => `Went to ${address}`,
  redirect: (address) => `Was sent on to ${address}`,
  'in-page': (address) => `Moved within the page to ${address}`,
  back: (address) => `Went back to ${address}`,
  forward: (address) => `Went forward to ${address}`,
  abandoned: (address) => `Stayed on ${address}`,
  undo: (address) => `Returned to ${address}`,
} as const satisfies Record<Cause, (address: string) => string>;

/** An address without what is the same for all of them. Query and fragment stay: they tell pages of one site apart. */
export function shortAddress(url: string): string {
  if (url === 'about:blank') return 'an empty page';
  return url.replace(/^https:\/\//, '').replace(/\/$/, '');
}

export const ACTOR_WORDS = {
  user: 'You',
  page: 'The page',
  system: 'Retrace',
  import: 'Import',
  undo: 'Undo',
} as const satisfies Record<Actor, string>;
