import { CdpClosedError, CdpError } from './errors.ts';

/** Whether a command failed only because its page, frame or document went away while it was under way. */
export function isGone(error: unknown): boolean {
  if (error instanceof CdpClosedError) return true;
  return (
    error instanceof CdpError &&
    /session with given id not found|cannot find context|context was destroyed|target closed|target navigated or closed|not attached|no target with given id/i.test(
      error.message,
    )
  );
}

/** For commands whose page may go away at any time, and which then have nothing left to do. */
export function ignoreGone(error: unknown): void {
  if (!isGone(error)) throw error;
}
