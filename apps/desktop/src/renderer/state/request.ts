import { createEffect, createSignal, on } from 'solid-js';

/** Something asked for in one place of the window and carried out in another. */
export interface Request {
  /** Asks once more. */
  readonly make: () => void;
  /** Calls `carryOut` after each asking from now on, in the life of the calling component. */
  readonly handle: (carryOut: () => void) => void;
}

export function createRequest(): Request {
  const [count, setCount] = createSignal(0);
  return {
    make: () => void setCount((n) => n + 1),
    handle: (carryOut) => {
      createEffect(on(count, carryOut, { defer: true }));
    },
  };
}
