import type { RecordedEvent, SessionTable } from '@retrace/protocol';

/** The actions among `events` that a later action has taken back already. */
export function undoneActions(events: readonly RecordedEvent[]): Set<string> {
  return new Set(events.flatMap(({ undoes }) => (undoes === null ? [] : [undoes])));
}

/**
 * Whether Undo is offered on `event`: a person's own action that is not taken back yet and whose trace is still there. A
 * deletion, for instance, offers it only while the session is in the trash. The engine has the last word.
 */
export function isUndoable(event: RecordedEvent, undone: ReadonlySet<string>, table: SessionTable): boolean {
  if (event.actor !== 'user' || undone.has(event.correlationId)) return false;
  const session = table.sessions[event.data.sessionId];
  if (session === undefined) return false;
  const isListed = session.deletedAt === null;
  switch (event.type) {
    case 'SessionDeleted':
      return !isListed;
    case 'SessionRenamed':
      return isListed && session.name === event.data.name;
    case 'SessionCreated':
    case 'SessionRestored':
    case 'SessionNavigated':
      return isListed;
    case 'SessionActivated':
    case 'SessionClaimed':
    case 'SessionPageDescribed':
    case 'SessionSlept':
    case 'SessionWoken':
    case 'ViewCrashed':
      return false;
  }
}
