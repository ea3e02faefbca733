import type { Actor, NAVIGATION_CAUSES } from './events.ts';
import type { Instant, SessionId } from './ids.ts';
import type { ProviderId } from './provider.ts';
import type { NavigationList } from './session.ts';

/** What a person, a page or the system asks for. Decided into events by the engine; refused with a typed error or never lost. */
export type Command =
  | {
      readonly type: 'CreateSession';
      readonly sessionId: SessionId;
      readonly provider: ProviderId;
      readonly name: string;
      /** Already judged; absent for the provider's home. */
      readonly url?: string;
    }
  | { readonly type: 'ActivateSession'; readonly sessionId: SessionId }
  /** Shows a session here that another desktop has open, which then closes it. */
  | { readonly type: 'TakeOverSession'; readonly sessionId: SessionId }
  | { readonly type: 'DeleteSession'; readonly sessionId: SessionId }
  | { readonly type: 'RestoreSession'; readonly sessionId: SessionId }
  | { readonly type: 'RenameSession'; readonly sessionId: SessionId; readonly name: string }
  | { readonly type: 'SleepSession'; readonly sessionId: SessionId }
  /** An address chosen in Retrace's own interface. */
  | { readonly type: 'NavigateSession'; readonly sessionId: SessionId; readonly url: string }
  /** Back (-1) or forward (+1) by Retrace's own buttons. */
  | { readonly type: 'TraverseHistory'; readonly sessionId: SessionId; readonly offset: number }
  /** A view's report: this is the whole back/forward list now. */
  | {
      readonly type: 'RecordNavigation';
      readonly sessionId: SessionId;
      readonly navigation: NavigationList;
      readonly cause: (typeof NAVIGATION_CAUSES)[number];
    }
  /** A view's report: title or icon of the page at `url`. */
  | {
      readonly type: 'RecordPage';
      readonly sessionId: SessionId;
      readonly url: string;
      readonly title: string;
      readonly favicon: string | null;
    }
  /** A view's report: its process ended. */
  | {
      readonly type: 'RecordCrash';
      readonly sessionId: SessionId;
      readonly reason: string;
      readonly exitCode: number;
    };

export type CommandType = Command['type'];

/** What comes in with every command, so that deciding needs no clock and no ids of its own. */
export interface CommandContext {
  /** A repeated id with the same content is answered with the first receipt. */
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly actor: Actor;
  readonly at: Instant;
}
