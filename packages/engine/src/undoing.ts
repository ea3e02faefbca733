import type { EventLog } from '@retrace/event-log';
import type { EventType, NavigationList, RecordedEvent, SessionId, SessionTable } from '@retrace/protocol';
import { isHere } from '@retrace/protocol';
import type { Decision } from './decide/decision.ts';
import { accept, refuse, sessionIn, withListed } from './decide/decision.ts';
import { decideDeletion, decideRestoration } from './decide/lifecycle.ts';
import { navigated } from './decide/navigation.ts';
import { foldLog } from './fold-log.ts';
import { NOTHING_FOLDED } from './projection.ts';
import { readEvent } from './stored-events.ts';

/** What can be taken back. Showing another session is no change, so there is nothing to take back. */
const UNDOABLE = [
  'SessionCreated',
  'SessionDeleted',
  'SessionRestored',
  'SessionRenamed',
  'SessionNavigated',
] as const satisfies readonly EventType[];
export type UndoableEvent = Extract<RecordedEvent, { type: (typeof UNDOABLE)[number] }>;

/**
 * The actions of persons that are not undone, the newest first, from the log alone: so undo survives a restart and has no
 * depth limit. An undo always lies after what it names, so reading backwards meets it first.
 */
async function* undoableEvents(log: EventLog): AsyncGenerator<UndoableEvent> {
  const undone = new Set<string>();
  for await (const records of log.read({
    direction: 'backward',
    actors: ['user', 'undo'],
    types: UNDOABLE,
  })) {
    for (const record of records) {
      if (record.undoes !== null) undone.add(record.undoes);
      const event = record.actor === 'user' && !undone.has(record.correlationId) ? readEvent(record) : null;
      if (event !== null && isUndoable(event)) yield event;
    }
  }
}

/**
 * What an undo comes to now: the newest action that can be taken back, or the named one, and the decision that does it. Null
 * when there is none. Without a name, an action whose effect is no longer there, or of a session that is another desktop's, is passed over; a named one is refused with
 * the reason.
 */
export async function decideUndo(
  log: EventLog,
  table: SessionTable,
  actionId: string | undefined,
): Promise<{ readonly event: UndoableEvent; readonly decision: Decision } | null> {
  const navigatedSince = new Set<SessionId>();
  for await (const event of undoableEvents(log)) {
    const { sessionId } = event.data;
    if (actionId === undefined) {
      if (isOthers(table, sessionId)) continue;
      const decision = await compensate(log, table, event);
      if (decision.ok) return { event, decision };
    } else if (event.correlationId === actionId) {
      const overtaken = event.type === 'SessionNavigated' && navigatedSince.has(sessionId);
      const decision = overtaken
        ? refuse('NothingToUndo', 'The session has gone on to other pages since. Undo those first.')
        : await compensate(log, table, event);
      return { event, decision };
    } else if (event.type === 'SessionNavigated') {
      navigatedSince.add(sessionId);
    }
  }
  return null;
}

/**
 * The events that take an action back, in the table as it is now. Refused with the code that fits when the action's effect is
 * no longer there: taking it back would undo something newer.
 */
async function compensate(log: EventLog, table: SessionTable, event: UndoableEvent): Promise<Decision> {
  const { sessionId } = event.data;
  switch (event.type) {
    case 'SessionCreated':
    case 'SessionRestored':
      return decideDeletion(table, { type: 'DeleteSession', sessionId });
    case 'SessionDeleted':
      return decideRestoration(table, { type: 'RestoreSession', sessionId });
    case 'SessionRenamed':
      return withListed(table, sessionId, (row) => {
        const { name, previousName } = event.data;
        if (row.name !== name) return refuse('NothingToUndo', `“${row.name}” has been renamed again since.`);
        return accept({
          type: 'SessionRenamed',
          data: { sessionId, name: previousName, previousName: name },
        });
      });
    case 'SessionNavigated': {
      const before = await navigationBefore(log, event);
      return withListed(table, sessionId, (row) => {
        const events = before === null ? [] : navigated(row, before, 'undo');
        if (events.length > 0) return accept(...events);
        return refuse('NothingToUndo', `“${row.name}” is back where it was already.`);
      });
    }
  }
}

/** A few words for the person: what it was that an undo took back. */
export function labelOf(table: SessionTable, event: UndoableEvent): string {
  const name = sessionIn(table, event.data.sessionId)?.name ?? '';
  switch (event.type) {
    case 'SessionCreated':
      return `Created “${name}”`;
    case 'SessionDeleted':
      return `Deleted “${name}”`;
    case 'SessionRestored':
      return `Restored “${name}”`;
    case 'SessionRenamed':
      return `Renamed “${event.data.previousName}” to “${event.data.name}”`;
    case 'SessionNavigated':
      return event.data.cause === 'back' || event.data.cause === 'forward'
        ? `Went ${event.data.cause} in “${name}”`
        : `Opened ${event.data.url} in “${name}”`;
  }
}

/** A session's list just before an event of it, folded from its stream. */
async function navigationBefore(log: EventLog, event: UndoableEvent): Promise<NavigationList | null> {
  const { stream, position } = event;
  const { table } = await foldLog(log, NOTHING_FOLDED, { stream, before: position });
  return table.sessions[event.data.sessionId]?.metadata.navigation ?? null;
}

/** Whether another desktop has claimed the session: what is done there is taken back there. */
function isOthers(table: SessionTable, id: SessionId): boolean {
  const row = sessionIn(table, id);
  return row?.metadata.desktop !== undefined && !isHere(table, row);
}

function isUndoable(event: RecordedEvent): event is UndoableEvent {
  return UNDOABLE.some((type) => type === event.type);
}
