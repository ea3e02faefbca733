/** What a thread that is heard does not need. */
export interface SilenceWatch {
  end(): void;
}

/** A timer that fires so much too late means that this thread was held up, or the machine asleep: it has not listened itself. */
const LATE_MS = 1000;

/**
 * Calls `onSilence` once nothing was heard for `limitMs`, counted from now or from the last time that something was.
 *
 * Invariants:
 * 1. Who is heard is not silent, however long it takes in all: a question that waits behind others is not ended while those are answered.
 * 2. While this thread itself could not listen, nobody was silent.
 *
 * @param heardUntil when something was heard last, or up to when nothing has to be, in the time of `performance.now()`
 */
export function watchSilence(limitMs: number, heardUntil: () => number, onSilence: () => void): SilenceWatch {
  let since = performance.now();
  let due = since + limitMs;
  const look = (): void => {
    const now = performance.now();
    if (now - due > LATE_MS) since = now;
    // Never further ahead than the limit: what is allowed longer may end sooner.
    due = Math.min(Math.max(since, heardUntil()) + limitMs, now + limitMs);
    if (due <= now) onSilence();
    else timer = setTimeout(look, due - now);
  };
  let timer = setTimeout(look, limitMs);
  return { end: () => clearTimeout(timer) };
}
