import type { SessionManager } from '@retrace/engine';
import type { PushChannel, PushMessages } from '@retrace/protocol';
import type { WebContents } from 'electron';
import { combineLatest, map } from 'rxjs';
import type { Stage } from '../views/stage.ts';

/** Sends one message to the window's own page. */
export type Push = <P extends PushChannel>(channel: P, message: PushMessages[P]) => void;

/** Messages to a page that has gone are dropped: it takes a snapshot when it comes back. */
export function pushTo(contents: Pick<WebContents, 'isDestroyed' | 'send'>): Push {
  return (channel, message) => {
    if (!contents.isDestroyed()) contents.send(channel, message);
  };
}

/** Sends every change of the session table and of the views from now on. Returns what ends that. */
export function pushChanges(
  push: Push,
  { patches$, views$ }: Pick<SessionManager, 'patches$' | 'views$'>,
  { popup$ }: Pick<Stage, 'popup$'>,
): () => void {
  const patches = patches$.subscribe((message) => push('session:patches', message));
  const statuses = combineLatest([views$, popup$])
    .pipe(map(([views, popup]) => ({ views, popup })))
    .subscribe((message) => push('view:statuses', message));
  return () => {
    patches.unsubscribe();
    statuses.unsubscribe();
  };
}
