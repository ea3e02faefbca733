import { setTimeout as pause } from 'node:timers/promises';

const LIMIT_MS = 20_000;
const STEP_MS = 40;

/**
 * Repeats `look` until it passes, for what another process does in its own time and tells nobody of.
 *
 * @throws what `look` threw last, once 20 seconds are over
 */
export async function eventually<T>(look: () => Promise<T>): Promise<T> {
  const end = performance.now() + LIMIT_MS;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (performance.now() > end) throw error;
      await pause(STEP_MS);
    }
  }
}
