import type {
  Recorded,
  RecordedEvent,
  SessionEvent,
  SessionId,
  SessionRow,
  SessionTable,
} from '@retrace/protocol';
import { isHere } from '@retrace/protocol';
import type { Draft } from 'immer';
import { produce } from 'immer';
import { applyNavigation } from './navigation-change.ts';

type EventOf<T extends SessionEvent['type']> = Extract<SessionEvent, { type: T }> & Recorded;

/**
 * The table after an event. Pure. An event of a session that the table does not hold (it was purged) changes the position
 * only, so that any log can be folded.
 */
export function evolve(table: SessionTable, event: RecordedEvent): SessionTable {
  return produce(table, (draft) => applyEvent(draft, event));
}

/** The same as a recipe for an immer draft, for folding many events in one step. */
export function applyEvent(table: Draft<SessionTable>, event: RecordedEvent): void {
  table.position = event.position;
  if (event.type === 'SessionCreated') {
    table.sessions[event.data.sessionId] = createdRow(event);
    return;
  }
  const row = table.sessions[event.data.sessionId];
  if (row === undefined) return;
  switch (event.type) {
    case 'SessionActivated':
      show(table, row, event);
      return;
    case 'SessionClaimed':
      hide(table, row);
      row.metadata.desktop = { id: event.data.desktopId, name: event.data.desktopName };
      return;
    case 'SessionNavigated':
      navigate(row, event);
      return;
    case 'SessionPageDescribed':
      describe(row, event);
      return;
    case 'SessionRenamed':
      row.name = event.data.name;
      return;
    case 'SessionSlept':
      row.isActive = false;
      hide(table, row);
      return;
    case 'SessionWoken':
      row.isActive = true;
      row.metadata.crash = null;
      return;
    case 'SessionDeleted':
      row.deletedAt = event.recordedAt;
      row.isActive = false;
      if (hide(table, row)) {
        const next = event.data.nextActiveId === null ? undefined : table.sessions[event.data.nextActiveId];
        if (next !== undefined) show(table, next, event);
      }
      return;
    case 'SessionRestored':
      row.deletedAt = null;
      row.metadata.crash = null;
      show(table, row, event);
      return;
    case 'ViewCrashed':
      row.metadata.crash = { reason: event.data.reason, at: event.recordedAt };
      return;
  }
}

/** The sessions whose rows an event may change. */
export function sessionsTouchedBy(event: RecordedEvent): readonly SessionId[] {
  const { sessionId } = event.data;
  if (event.type !== 'SessionDeleted' || event.data.nextActiveId === null) return [sessionId];
  return [sessionId, event.data.nextActiveId];
}

/** A new session stands on its home page: its list has that one entry from the start, so that the first load is no news. */
function createdRow(event: EventOf<'SessionCreated'>): SessionRow {
  const { sessionId, provider, name, partition, homeUrl } = event.data;
  return {
    id: sessionId,
    provider,
    name,
    partition,
    createdAt: event.recordedAt,
    lastActive: event.recordedAt,
    isActive: true,
    deletedAt: null,
    metadata: {
      homeUrl,
      lastUrl: homeUrl,
      title: '',
      favicon: null,
      navigation: { entries: [{ url: homeUrl, title: '' }], index: 0 },
      sortKey: event.position,
      crash: null,
    },
  };
}

/** Invariant: the session shown is in the list and awake, and its desktop is the one that shows it. */
function show(table: Draft<SessionTable>, row: Draft<SessionRow>, event: RecordedEvent): void {
  const desktop = row.metadata.desktop?.id;
  if (desktop !== undefined) table.shown = { ...table.shown, [desktop]: row.id };
  if (isHere(table, row)) table.activeSessionId = row.id;
  row.isActive = true;
  row.lastActive = event.recordedAt;
}

/** Whether the session was shown, here or on its desktop; it is no more. */
function hide(table: Draft<SessionTable>, row: Draft<SessionRow>): boolean {
  const here = table.activeSessionId === row.id;
  if (here) table.activeSessionId = null;
  const desktop = row.metadata.desktop?.id;
  if (desktop === undefined || table.shown?.[desktop] !== row.id) return here;
  table.shown = Object.fromEntries(Object.entries(table.shown).filter(([other]) => other !== desktop));
  return true;
}

function navigate(row: Draft<SessionRow>, event: EventOf<'SessionNavigated'>): void {
  const { metadata } = row;
  const navigation = applyNavigation(metadata.navigation, event.data);
  // An icon belongs to a site: it stays while pages of one site follow each other, and a new site starts without.
  if (siteOf(metadata.lastUrl) !== siteOf(event.data.url)) metadata.favicon = null;
  metadata.navigation = { entries: [...navigation.entries], index: navigation.index };
  metadata.lastUrl = event.data.url;
  metadata.title = navigation.entries[navigation.index]?.title ?? '';
  metadata.crash = null;
  if (event.actor === 'user' || event.actor === 'page') row.lastActive = event.recordedAt;
}

function describe({ metadata }: Draft<SessionRow>, event: EventOf<'SessionPageDescribed'>): void {
  metadata.crash = null;
  metadata.title = event.data.title;
  metadata.favicon = event.data.favicon;
  const shown = metadata.navigation.entries[metadata.navigation.index];
  if (shown !== undefined) shown.title = event.data.title;
}

function siteOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}
