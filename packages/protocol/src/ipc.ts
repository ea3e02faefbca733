import * as v from 'valibot';
import type { Patch } from './patch.ts';
import type { Answer } from './errors.ts';
import type { RecordedEvent } from './events.ts';
import { SessionIdSchema } from './ids.ts';
import type { Instant, SessionId } from './ids.ts';
import { ProviderIdSchema } from './provider.ts';
import { SessionNameSchema } from './session.ts';
import type { SessionRow, SessionTable } from './session.ts';
import { MAX_URL_LENGTH } from './address.ts';
import type { Rectangle, ViewStatuses } from './views.ts';

/** Nothing a window sends may be larger than this, as JSON, in UTF-16 units. */
export const MAX_PAYLOAD_LENGTH = 64 * 1024;

/** An address from outside: its length is checked here, what it may be is judged by the engine, which answers `AddressRefused`. */
const urlText = v.pipe(v.string('An address is text.'), v.maxLength(MAX_URL_LENGTH));
const pixels = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(100_000));

/** Commands of the application's menu and shortcuts that the window carries out. */
export const UI_COMMANDS = [
  'new-session',
  'switch-session',
  'focus-address',
  'rename-session',
  /** Delete the session that is shown, with the toast that offers to undo it. */
  'delete-session',
  'undo',
  'show-trash',
  'show-timeline',
  'about',
] as const;
export type UiCommand = (typeof UI_COMMANDS)[number];

/**
 * The one map of channels that a window can call: the tuple of arguments each takes, as a schema. Preload, router and client
 * derive from it; what each answers is in {@link ChannelAnswers}.
 */
export const CHANNELS = {
  'session:create': v.strictTuple([
    v.strictObject({ provider: ProviderIdSchema, name: SessionNameSchema, url: v.optional(urlText) }),
  ]),
  'session:activate': v.strictTuple([SessionIdSchema]),
  'session:takeOver': v.strictTuple([SessionIdSchema]),
  'session:delete': v.strictTuple([SessionIdSchema]),
  'session:restore': v.strictTuple([SessionIdSchema]),
  'session:rename': v.strictTuple([SessionIdSchema, SessionNameSchema]),
  'session:navigate': v.strictTuple([SessionIdSchema, urlText]),
  'session:back': v.strictTuple([SessionIdSchema]),
  'session:forward': v.strictTuple([SessionIdSchema]),
  'session:reload': v.strictTuple([SessionIdSchema]),
  'session:stop': v.strictTuple([SessionIdSchema]),
  /** With an action's id, takes back that one; without, the newest that is not undone yet. */
  'session:undo': v.strictTuple([v.optional(v.pipe(v.string(), v.uuid()))]),
  /** `false` leaves the sleeping sessions out. */
  'session:list': v.strictTuple([v.optional(v.boolean(), true)]),
  'session:getActive': v.strictTuple([]),
  'session:snapshot': v.strictTuple([]),
  'view:snapshot': v.strictTuple([]),
  /** Where the page goes in the window. */
  'view:place': v.strictTuple([v.strictObject({ x: pixels, y: pixels, width: pixels, height: pixels })]),
  /** Replaces the page by a still picture of itself while something of the application lies over it. */
  'view:cover': v.strictTuple([]),
  'view:uncover': v.strictTuple([]),
  /** Gives the keyboard to the page. */
  'view:focus': v.strictTuple([]),
  /** Closes the sign-in window that lies over the page. */
  'popup:close': v.strictTuple([]),
  'timeline:read': v.strictTuple([
    v.strictObject({
      /** Only events before this position; absent for the newest. */
      before: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
      limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)),
      sessionId: v.optional(SessionIdSchema),
    }),
  ]),
  'app:info': v.strictTuple([]),
} as const satisfies Record<string, v.GenericSchema<unknown, readonly unknown[]>>;

export type Channel = keyof typeof CHANNELS;
export type ChannelArguments<C extends Channel> = v.InferOutput<(typeof CHANNELS)[C]>;

export interface AppInfo {
  readonly name: string;
  readonly version: string;
  /** What runs the application: Electron itself or Chromium through electron-on-chromium. */
  readonly runtime: 'electron' | 'chromium';
  readonly versions: { readonly chrome: string; readonly electron: string; readonly node: string };
  readonly dataDirectory: string;
  /** The time by which events are stamped, which a test may have moved away from this machine's. */
  readonly now: Instant;
  /** Sentences about what this run cannot promise: what only real Electron gives, a keyring that is missing, … */
  readonly notices: readonly string[];
}

/** What each channel answers beside `success`. */
export interface ChannelAnswers {
  'session:create': { session: SessionRow };
  /** `OpenElsewhere` for a session that another desktop has open; `session:takeOver` shows it all the same. */
  'session:activate': object;
  'session:takeOver': object;
  /** `actionId` lets the toast's Undo take back just this deletion. */
  'session:delete': { actionId: string };
  'session:restore': { session: SessionRow };
  'session:rename': { session: SessionRow };
  'session:navigate': object;
  'session:back': object;
  'session:forward': object;
  'session:reload': object;
  'session:stop': object;
  'session:undo': { undone: UndoneAction };
  'session:list': { sessions: SessionRow[] };
  'session:getActive': { sessionId: SessionId | null };
  'session:snapshot': { table: SessionTable };
  'view:snapshot': { views: ViewStatuses; popup: PopupStatus | null };
  'view:place': object;
  /** The picture as a `data:` URL, or null where there is no page to cover. */
  'view:cover': { picture: string | null };
  'view:uncover': object;
  'view:focus': object;
  'popup:close': object;
  /** Newest first; `hasMore` says whether older ones remain. */
  'timeline:read': { events: readonly RecordedEvent[]; hasMore: boolean };
  'app:info': { info: AppInfo };
}

/** What an undo took back. */
export interface UndoneAction {
  readonly actionId: string;
  readonly sessionId: SessionId;
  /** A few words for the person, e.g. `Deleted “Work”`. */
  readonly label: string;
}

/** The sign-in window that lies over the page of `sessionId`. */
export interface PopupStatus {
  readonly sessionId: SessionId;
  readonly url: string;
  readonly title: string;
}

/** Messages from main to the window. */
export interface PushMessages {
  /** Immer patches that lead from the table at `from` to the table at `to`. */
  'session:patches': { readonly from: number; readonly to: number; readonly patches: readonly Patch[] };
  'view:statuses': { readonly views: ViewStatuses; readonly popup: PopupStatus | null };
  'app:command': UiCommand;
  /** A sentence the person should see, e.g. that a command of the page was refused. */
  'app:notice': string;
}
export type PushChannel = keyof PushMessages;

/** What a subscriber of the session table gets: a snapshot first and after every gap, else patches. */
export type TableChange =
  | { readonly kind: 'snapshot'; readonly table: SessionTable }
  | {
      readonly kind: 'patches';
      readonly from: number;
      readonly to: number;
      readonly patches: readonly Patch[];
    };

/** A single argument that may be undefined may also be left out. */
type Omittable<T extends readonly unknown[]> = T extends readonly [infer Only]
  ? undefined extends Only
    ? readonly [argument?: Only]
    : T
  : T;

type Call<C extends Channel> = (
  ...args: Omittable<v.InferInput<(typeof CHANNELS)[C]>>
) => Promise<Answer<ChannelAnswers[C]>>;
export type Unsubscribe = () => void;

/** `window.electronAPI`: all that the window can do. */
export interface ElectronAPI {
  readonly sessions: {
    readonly create: Call<'session:create'>;
    readonly activate: Call<'session:activate'>;
    readonly takeOver: Call<'session:takeOver'>;
    readonly delete: Call<'session:delete'>;
    readonly restore: Call<'session:restore'>;
    readonly rename: Call<'session:rename'>;
    readonly navigate: Call<'session:navigate'>;
    readonly back: Call<'session:back'>;
    readonly forward: Call<'session:forward'>;
    readonly reload: Call<'session:reload'>;
    readonly stop: Call<'session:stop'>;
    readonly undo: Call<'session:undo'>;
    readonly list: Call<'session:list'>;
    readonly getActive: Call<'session:getActive'>;
    readonly subscribe: (listener: (change: TableChange) => void) => Unsubscribe;
  };
  readonly views: {
    readonly place: (rectangle: Rectangle) => Promise<Answer>;
    readonly cover: Call<'view:cover'>;
    readonly uncover: Call<'view:uncover'>;
    readonly focus: Call<'view:focus'>;
    readonly closePopup: Call<'popup:close'>;
    /** The statuses now, then each change. */
    readonly subscribe: (listener: (statuses: PushMessages['view:statuses']) => void) => Unsubscribe;
  };
  readonly timeline: { readonly read: Call<'timeline:read'> };
  readonly app: {
    readonly info: Call<'app:info'>;
    readonly onCommand: (listener: (command: UiCommand) => void) => Unsubscribe;
    readonly onNotice: (listener: (notice: string) => void) => Unsubscribe;
  };
}
