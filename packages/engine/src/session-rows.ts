import type { Json, Row, TableSpec } from '@retrace/event-log';
import { SessionIdSchema, SessionRowSchema } from '@retrace/protocol';
import type { Desktop, SessionId, SessionRow, SessionTable } from '@retrace/protocol';
import * as v from 'valibot';
import type { Folded } from './projection.ts';
import { PROJECTION } from './projection-version.ts';

/** The session table as SQL rows. `version` is the session's stream version, which a start needs to append again. */
export const sessionsTable = {
  name: 'sessions',
  key: 'id',
  madeBy: PROJECTION,
  columns: {
    id: { type: 'uuid' },
    provider: { type: 'text' },
    name: { type: 'text' },
    partition: { type: 'text' },
    created_at: { type: 'timestamptz' },
    last_active: { type: 'timestamptz' },
    is_active: { type: 'boolean' },
    metadata: { type: 'jsonb' },
    deleted_at: { type: 'timestamptz', nullable: true },
    version: { type: 'bigint' },
  },
} as const satisfies TableSpec;

/** Captured responses. They go with the row of their session, which goes when the session is purged. */
export const capturesTable = {
  name: 'captures',
  key: 'id',
  columns: {
    id: { type: 'uuid' },
    session_id: { type: 'uuid', cascadesFrom: 'sessions' },
    captured_at: { type: 'timestamptz' },
    url: { type: 'text' },
    body: { type: 'text' },
    metadata: { type: 'jsonb' },
  },
} as const satisfies TableSpec;

/** The tables that a log is opened with. */
export const ENGINE_TABLES: readonly TableSpec[] = [sessionsTable, capturesTable];

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What the rows alone do not say. */
const RowsStateSchema = v.strictObject({
  /** The projection that folded them. */
  projection: v.string(),
  activeSessionId: v.nullable(SessionIdSchema),
  /** By desktop, where the log is shared. */
  shown: v.exactOptional(v.record(v.string(), SessionIdSchema)),
  unread: count,
  /** The versions of streams that no session has: a newer Retrace may have written them. */
  otherVersions: v.record(v.string(), count),
});
type RowsState = v.InferOutput<typeof RowsStateSchema>;

export function toSqlRow(session: SessionRow, version: number): Row {
  return {
    id: session.id,
    provider: session.provider,
    name: session.name,
    partition: session.partition,
    created_at: session.createdAt,
    last_active: session.lastActive,
    is_active: session.isActive,
    metadata: session.metadata,
    deleted_at: session.deletedAt,
    version,
  };
}

export function toRowsState({ table, versions, unread }: Folded): Json {
  const others = Object.entries(versions).filter(([stream]) => !Object.hasOwn(table.sessions, stream));
  return {
    projection: PROJECTION,
    // A desktop of a shared log finds its own by its id.
    activeSessionId: table.desktop === undefined ? table.activeSessionId : null,
    ...(table.shown !== undefined && { shown: table.shown }),
    unread,
    otherVersions: Object.fromEntries(others),
  } satisfies RowsState;
}

/** The fold that stored rows stand for on a desktop, or a sentence that says what is wrong with them. */
export function foldedFromRows(
  stored: { readonly position: number; readonly state: Json; readonly rows: readonly Row[] },
  desktop?: Desktop,
): Folded | string {
  const state = v.safeParse(RowsStateSchema, stored.state);
  if (!state.success) return `its state does not fit: ${state.issues[0].message}`;
  const { projection, shown, unread, otherVersions } = state.output;
  const activeSessionId =
    desktop === undefined ? state.output.activeSessionId : (shown?.[desktop.id] ?? null);
  if (projection !== PROJECTION) return 'another version of Retrace made it';
  const sessions: Record<SessionId, SessionRow> = {};
  const versions: Record<string, number> = { ...otherVersions };
  for (const row of stored.rows) {
    const session = v.safeParse(SessionRowSchema, fromSqlRow(row));
    if (!session.success)
      return `the row ${JSON.stringify(row['id'])} does not fit: ${session.issues[0].message}`;
    if (typeof row['version'] !== 'number') return `the row ${session.output.id} has no version`;
    sessions[session.output.id] = session.output;
    versions[session.output.id] = row['version'];
  }
  if (activeSessionId !== null && sessions[activeSessionId] === undefined) {
    return 'the session shown has no row';
  }
  const table: SessionTable = {
    position: stored.position,
    activeSessionId,
    ...(desktop !== undefined && { desktop }),
    ...(shown !== undefined && { shown }),
    sessions,
  };
  return { table, versions, unread };
}

function fromSqlRow(row: Row): Record<keyof SessionRow, Json | undefined> {
  return {
    id: row['id'],
    provider: row['provider'],
    name: row['name'],
    partition: row['partition'],
    createdAt: row['created_at'],
    lastActive: row['last_active'],
    isActive: row['is_active'],
    metadata: row['metadata'],
    deletedAt: row['deleted_at'],
  };
}
