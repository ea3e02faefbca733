import * as v from 'valibot';
import { AddressSchema } from './address.ts';
import type { InstantSchema } from './ids.ts';
import { SessionIdSchema } from './ids.ts';
import { DesktopSchema, NavigationEntrySchema, SessionNameSchema } from './session.ts';
import { ProviderIdSchema } from './provider.ts';

/** Who caused an event. */
export const ActorSchema = v.picklist(['user', 'page', 'system', 'import', 'undo']);
export type Actor = v.InferOutput<typeof ActorSchema>;

/** How a session came to show another entry. */
export const NAVIGATION_CAUSES = [
  /** A person typed or chose an address in Retrace. */
  'typed',
  /** A link, a form or a script of the page. */
  'link',
  /** A server or client redirect that replaced the entry. */
  'redirect',
  /** `pushState`, `replaceState` or a fragment: the document stayed. */
  'in-page',
  'back',
  'forward',
  /** The load was stopped or failed before it began; the list is again what the view has. */
  'abandoned',
  /** An undo put the list back. */
  'undo',
] as const;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/**
 * The data of each event type at its newest schema version. Flat JSON, past tense. A released shape never changes:
 * a new shape is the next version, with a step in `UPCASTERS` that leads the old one to it.
 *
 * A session's own events live in the stream named by its id; there is no other kind of stream yet.
 */
export const EVENT_SCHEMAS = {
  SessionCreated: v.strictObject({
    sessionId: SessionIdSchema,
    provider: ProviderIdSchema,
    name: SessionNameSchema,
    partition: v.string(),
    homeUrl: AddressSchema,
  }),
  /** The session is the one shown in the window. */
  SessionActivated: v.strictObject({ sessionId: SessionIdSchema }),
  /**
   * The back/forward list after a navigation, as a change of the list before it: leave out the first `drop` entries, keep the
   * next `keep`, add `added`. `index` is the entry shown then. Any change fits, and the usual one costs one entry.
   */
  SessionNavigated: v.strictObject({
    sessionId: SessionIdSchema,
    url: v.string(),
    cause: v.picklist(NAVIGATION_CAUSES),
    index: count,
    drop: count,
    keep: count,
    added: v.array(NavigationEntrySchema),
  }),
  /** The current page's title or icon, as the page says it. */
  SessionPageDescribed: v.strictObject({
    sessionId: SessionIdSchema,
    url: v.string(),
    title: v.string(),
    favicon: v.nullable(v.string()),
  }),
  SessionRenamed: v.strictObject({
    sessionId: SessionIdSchema,
    name: SessionNameSchema,
    previousName: SessionNameSchema,
  }),
  SessionSlept: v.strictObject({ sessionId: SessionIdSchema }),
  SessionWoken: v.strictObject({ sessionId: SessionIdSchema }),
  /** Into the trash, partition untouched. `nextActiveId` is the session shown in its place when it was the one shown. */
  SessionDeleted: v.strictObject({ sessionId: SessionIdSchema, nextActiveId: v.nullable(SessionIdSchema) }),
  /** Back from the trash under the same id and partition, and shown. */
  SessionRestored: v.strictObject({ sessionId: SessionIdSchema }),
  /**
   * The session's view is this desktop's from now on: one that had it closes it. Its login stays on the machines where it was made.
   * Only in a log that several desktops share.
   */
  SessionClaimed: v.strictObject({
    sessionId: SessionIdSchema,
    desktopId: DesktopSchema.entries.id,
    desktopName: DesktopSchema.entries.name,
  }),
  /** The process of the session's page ended. `reason` is Electron's: crashed, oom, killed, … */
  ViewCrashed: v.strictObject({ sessionId: SessionIdSchema, reason: v.string(), exitCode: v.number() }),
} as const;

export type EventType = keyof typeof EVENT_SCHEMAS;
export const EVENT_TYPES = Object.keys(EVENT_SCHEMAS) as readonly EventType[];

export type EventData<T extends EventType> = v.InferOutput<(typeof EVENT_SCHEMAS)[T]>;

/** An event as decided: what happened, without the facts of its recording. */
export type SessionEvent = { [T in EventType]: { readonly type: T; readonly data: EventData<T> } }[EventType];

/** The facts of recording that each event carries in the log. */
export interface Recorded {
  readonly position: number;
  readonly eventId: string;
  readonly stream: string;
  readonly version: number;
  readonly schemaVersion: number;
  readonly recordedAt: v.InferOutput<typeof InstantSchema>;
  readonly actor: Actor;
  readonly commandId: string;
  /** One for all events of one action: what a person did, and what followed from it. */
  readonly correlationId: string;
  /** The event that this one followed from, or null for the first of an action. */
  readonly causationId: string | null;
  readonly appVersion: string;
  /** The correlation id of the action that this event takes back. */
  readonly undoes: string | null;
}

export type RecordedEvent = SessionEvent & Recorded;
