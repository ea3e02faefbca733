import type { NavigationList, SessionId, SessionRow } from '@retrace/protocol';
import type { Observable } from 'rxjs';

/** What a view says of itself. Reports of one view come in the order in which things happened. */
export type ViewReport =
  | {
      readonly kind: 'navigated';
      readonly sessionId: SessionId;
      /** The whole list now. */
      readonly navigation: NavigationList;
      /** `document` for a new document, `in-page` when the document stayed, `settled` when a load ended without one. */
      readonly change: 'document' | 'in-page' | 'settled';
      /** The document was reached through a redirect, or replaced the entry before it. */
      readonly redirected: boolean;
      /** The load came from {@link ViewHost.drive} or {@link ViewHost.open}, not from the page. */
      readonly driven: boolean;
    }
  | {
      /** Comes at least once for each document that was loaded. */
      readonly kind: 'described';
      readonly sessionId: SessionId;
      readonly url: string;
      readonly title: string;
      /** A `data:` URL, or null. */
      readonly favicon: string | null;
    }
  | {
      readonly kind: 'loading';
      readonly sessionId: SessionId;
      readonly loading: boolean;
      readonly error: string | null;
    }
  | {
      readonly kind: 'crashed';
      readonly sessionId: SessionId;
      readonly reason: string;
      readonly exitCode: number;
    };

/**
 * Where views really are: Electron in the application, an object in unit tests. It carries out and reports; it decides nothing.
 * All methods may be called at any time for any session, without waiting for the call before: calls for one session are
 * carried out in order, and a newer `drive` overtakes a load that has not ended. A call for a session without a view does
 * nothing.
 */
export interface ViewHost {
  readonly reports$: Observable<ViewReport>;
  /**
   * Makes the view of a session, hidden, and brings its back/forward list, cookies and scroll back. Never loads more than the
   * current entry. The list has at least one entry: a new session's is its home page alone, which a plain load brings.
   * Resolves when the view has its list, or has given up loading; rejects when there is no view.
   */
  open(session: SessionRow): Promise<void>;
  /**
   * Brings an open view to `navigation`, from the list it has: one load, one step in its history, or a restored list. Resolves
   * when the view has its list, or has given up.
   */
  drive(sessionId: SessionId, navigation: NavigationList): Promise<void>;
  /** Shows one view, or none, and hides the one shown before. The newest call wins, whatever becomes of the older ones. */
  show(sessionId: SessionId | null): Promise<void>;
  reload(sessionId: SessionId): Promise<void>;
  stop(sessionId: SessionId): Promise<void>;
  /** Keeps cookies and scroll beside the partition, then ends the view with its processes. */
  close(sessionId: SessionId): Promise<void>;
  /** Closes every view; nothing is reported afterwards. */
  destroy(): Promise<void>;
}
