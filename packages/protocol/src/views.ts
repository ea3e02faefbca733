import type { SessionId } from './ids.ts';

/** What a session's view is doing at this moment. Never logged: it ends with the run. */
export interface ViewStatus {
  readonly loading: boolean;
  /** Why the page could not be loaded, in a sentence, or null. */
  readonly error: string | null;
}

/** The views that exist now, by session. A session that is not in it has no view. */
export type ViewStatuses = Readonly<Record<SessionId, ViewStatus>>;

/** A rectangle of the window's content, in CSS pixels. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
