import type {
  ErrorCode,
  Failure,
  SessionEvent,
  SessionId,
  SessionRow,
  SessionTable,
} from '@retrace/protocol';

/** What a command comes to: the events that happened, none where everything is so already, or a refusal. */
export type Decision =
  | { readonly ok: true; readonly events: readonly SessionEvent[] }
  | { readonly ok: false; readonly failure: Failure };

export function accept(...events: readonly SessionEvent[]): Decision {
  return { ok: true, events };
}

export function refuse(code: ErrorCode, message: string): Decision {
  return { ok: false, failure: { code, message } };
}

/** The row of a session, deleted or not. Ids come from outside, so names that every object inherits are no sessions. */
export function sessionIn(table: SessionTable, id: SessionId): SessionRow | undefined {
  return Object.hasOwn(table.sessions, id) ? table.sessions[id] : undefined;
}

/** Decides with the row of a session that is in the list; refuses with `SessionNotFound` or `SessionDeleted`. */
export function withListed(
  table: SessionTable,
  id: SessionId,
  decideWith: (row: SessionRow) => Decision,
): Decision {
  const row = sessionIn(table, id);
  if (row === undefined) return refuse('SessionNotFound', 'There is no such session.');
  if (row.deletedAt !== null) {
    return refuse('SessionDeleted', `“${row.name}” is in the trash. Restore it first.`);
  }
  return decideWith(row);
}
