import { createSignal, onCleanup } from 'solid-js';

const MINUTE_MS = 60_000;

/** The time in milliseconds since 1970, renewed every minute: as often as a relative time can change. */
export function createNow(): () => number {
  const [now, setNow] = createSignal(Date.now());
  const timer = setInterval(() => setNow(Date.now()), MINUTE_MS);
  onCleanup(() => clearInterval(timer));
  return now;
}
