import { CdpClosedError, CdpError } from './errors.ts';
import type { CdpSession } from './session.ts';

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

/** How long a page has to go before it is told again, in milliseconds. */
const AGAIN_AFTER_MS = 200;

/**
 * Tells a page to go until it is gone, or `stays`. Chromium asks the page's renderer, and loses the question when the page is
 * just starting or a navigation is moving it to another process.
 */
export async function tellUntilGone(
  page: CdpSession,
  tell: () => Promise<unknown>,
  stays: () => boolean = () => false,
): Promise<void> {
  while (!page.closed && !stays()) {
    await tell().catch(ignoreGone);
    let timer: NodeJS.Timeout | undefined;
    const again = new Promise<void>((resolve) => (timer = setTimeout(resolve, AGAIN_AFTER_MS)));
    await Promise.race([page.detached, again]);
    clearTimeout(timer);
  }
}
