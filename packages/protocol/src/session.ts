import * as v from 'valibot';
import { InstantSchema, SessionIdSchema } from './ids.ts';
import type { SessionId } from './ids.ts';
import { ProviderIdSchema } from './provider.ts';
import type { ProviderId } from './provider.ts';

export const MAX_NAME_LENGTH = 200;

/**
 * A session's name: 1 to 200 characters once the white space around it is gone. No control characters and no half of a
 * surrogate pair: neither can be seen, and SQL cannot hold all of them.
 */
export const SessionNameSchema = v.pipe(
  v.string('A name is text.'),
  v.trim(),
  v.minLength(1, 'Give the session a name.'),
  v.maxLength(MAX_NAME_LENGTH, `A name has at most ${MAX_NAME_LENGTH} characters.`),
  v.regex(/^[^\p{Cc}\p{Cs}]*$/u, 'A name cannot hold control characters.'),
);

/** One entry of a back/forward list. The page's state (scroll, typed text) is never here: it is kept beside the partition. */
export const NavigationEntrySchema = v.strictObject({ url: v.string(), title: v.string() });
export type NavigationEntry = v.InferOutput<typeof NavigationEntrySchema>;

/**
 * A back/forward list. `index` names the entry shown, or is -1 while `entries` is empty, as a view's is before its first page. A
 * session's never is: it begins with the home page as its one entry.
 */
export const NavigationListSchema = v.strictObject({
  entries: v.array(NavigationEntrySchema),
  index: v.pipe(v.number(), v.integer(), v.minValue(-1)),
});
export type NavigationList = v.InferOutput<typeof NavigationListSchema>;

/**
 * One installation of Retrace among those that share a log: an id of its own, and its machine's name for people. Only where a log
 * is shared; a log of one desktop knows none.
 */
export const DesktopSchema = v.strictObject({
  id: v.pipe(v.string(), v.uuid()),
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_NAME_LENGTH)),
});
export type Desktop = v.InferOutput<typeof DesktopSchema>;

export const SessionMetadataSchema = v.strictObject({
  /** Where the session began: the first entry of its first navigation list. */
  homeUrl: v.string(),
  /** The address of the current entry; the same as `homeUrl` before the first navigation. */
  lastUrl: v.string(),
  title: v.string(),
  /** The page's icon as a `data:` URL, so that the list can be drawn without a network request. */
  favicon: v.nullable(v.string()),
  navigation: NavigationListSchema,
  /** Place in the list: sessions are shown by ascending `sortKey`, then `id`. Kept by a deleted session for its return. */
  sortKey: v.number(),
  /** Set while the page's process is gone and has not been loaded again. */
  crash: v.nullable(v.strictObject({ reason: v.string(), at: InstantSchema })),
  /** The desktop that may have its view; absent where none has claimed it. */
  desktop: v.exactOptional(DesktopSchema),
});
export type SessionMetadata = v.InferOutput<typeof SessionMetadataSchema>;

/** A session as every reader sees it: over IPC, in the projection and, under the SQL names, in the `sessions` table. */
export const SessionRowSchema = v.strictObject({
  id: SessionIdSchema,
  provider: ProviderIdSchema,
  name: SessionNameSchema,
  /** Electron's storage name; see {@link partitionOf}. */
  partition: v.string(),
  createdAt: InstantSchema,
  lastActive: InstantSchema,
  /** True for a session that is awake, false for one that is asleep. */
  isActive: v.boolean(),
  metadata: SessionMetadataSchema,
  /** When the session went to the trash, or null for one that is in the list. */
  deletedAt: v.nullable(InstantSchema),
});
export type SessionRow = v.InferOutput<typeof SessionRowSchema>;

/** The session table: what the log says up to and including `position`. */
export interface SessionTable {
  readonly position: number;
  /** The session shown in the window, or null when none is. */
  readonly activeSessionId: SessionId | null;
  /** This desktop, where the log is shared. */
  readonly desktop?: Desktop;
  /** The session shown on each desktop of a shared log, this one included. */
  readonly shown?: Readonly<Record<Desktop['id'], SessionId>>;
  /** Every session that was not purged, deleted ones included. */
  readonly sessions: Readonly<Record<SessionId, SessionRow>>;
}

export const EMPTY_TABLE: SessionTable = { position: 0, activeSessionId: null, sessions: {} };

/** Whether this desktop may have the session's view: it has claimed it, or nobody shares the log. */
export function isHere(table: SessionTable, row: SessionRow): boolean {
  return table.desktop === undefined || row.metadata.desktop?.id === table.desktop.id;
}

/** The other desktop that has the session open, or null: it is awake there, and stays theirs until it sleeps or is taken over. */
export function openElsewhere(table: SessionTable, row: SessionRow): Desktop | null {
  const { desktop } = row.metadata;
  return row.isActive && desktop !== undefined && !isHere(table, row) ? desktop : null;
}

/** `persist:<provider>-<sessionId>`, fixed at creation and never reused (security row 4). */
export function partitionOf(provider: ProviderId, id: SessionId): string {
  return `persist:${provider}-${id}`;
}

function bySortKey(a: SessionRow, b: SessionRow): number {
  return a.metadata.sortKey - b.metadata.sortKey || (a.id < b.id ? -1 : 1);
}

/** The sessions in the list, in the order of the list. */
export function listedSessions(table: SessionTable): SessionRow[] {
  return Object.values(table.sessions)
    .filter((row) => row.deletedAt === null)
    .sort(bySortKey);
}

/** The sessions in the trash, the newest deletion first. */
export function trashedSessions(table: SessionTable): SessionRow[] {
  return Object.values(table.sessions)
    .filter((row) => row.deletedAt !== null)
    .sort((a, b) => ((a.deletedAt ?? '') < (b.deletedAt ?? '') ? 1 : -1));
}
