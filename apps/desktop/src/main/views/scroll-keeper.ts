import type { WebContents } from 'electron';
import type { Scroll } from '../vault/kept-session.ts';

/** A world of Retrace's own in the page, which page scripts cannot see into. 0 is theirs, 999 is Electron's. */
const WORLD = 1001;
/** Longest that a page is waited for, in milliseconds: one that hangs never answers. */
const ANSWER_MS = 500;
/** Longest that a page may grow before its scroll is given up, in milliseconds. */
const PATIENCE_MS = 10_000;

/** Where the page is scrolled to, or null when it does not say in time: it hangs, has crashed or is still loading. */
export async function readScroll(contents: WebContents): Promise<Scroll | null> {
  if (contents.isDestroyed() || contents.isCrashed() || contents.isLoadingMainFrame()) return null;
  const answer: unknown = await inTime(run(contents, '[scrollX, scrollY]'), ANSWER_MS);
  if (!Array.isArray(answer)) return null;
  const [x, y] = answer as readonly unknown[];
  return typeof x === 'number' && typeof y === 'number' ? { x, y } : null;
}

/**
 * Scrolls the page to where it was, as soon as it has grown long enough. Gives up after ten seconds and as soon as the person
 * touches the page. Resolves when it is there or given up.
 */
export async function bringScrollBack(contents: WebContents, scroll: Scroll): Promise<void> {
  if (contents.isDestroyed()) return;
  await inTime(
    run(contents, `(${scrollWhenLongEnough})(${JSON.stringify({ ...scroll, patience: PATIENCE_MS })})`),
    PATIENCE_MS + ANSWER_MS,
  );
}

/** Runs in the page, so it is text: what it names is the page's. Timers and not frames: a hidden page draws none. */
const scrollWhenLongEnough = `({ x, y, patience }) => new Promise((resolve) => {
  const touches = ['wheel', 'touchstart', 'keydown', 'pointerdown'];
  const options = { capture: true, passive: true };
  const end = () => {
    clearInterval(timer);
    for (const touch of touches) removeEventListener(touch, end, options);
    resolve(null);
  };
  const attempt = () => {
    scrollTo({ left: x, top: y, behavior: 'instant' });
    const isThere = Math.abs(scrollX - x) < 1 && Math.abs(scrollY - y) < 1;
    if (isThere || performance.now() - started > patience) end();
  };
  const started = performance.now();
  const timer = setInterval(attempt, 100);
  for (const touch of touches) addEventListener(touch, end, options);
  attempt();
})`;

function run(contents: WebContents, code: string): Promise<unknown> {
  return contents.executeJavaScriptInIsolatedWorld(WORLD, [{ code }]);
}

/** The answer, or null when it takes longer than `limit` milliseconds or fails: the page navigated or went away meanwhile. */
async function inTime(answer: Promise<unknown>, limit: number): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve(null), limit);
  });
  try {
    return await Promise.race([answer, late]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
