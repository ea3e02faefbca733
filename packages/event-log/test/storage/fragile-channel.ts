/** Where a fragile storage is told how to end. One at a time in a process. */
export const FRAGILE_CHANNEL = 'retrace-fragile-storage';

export type FragileOrder =
  /** The thread ends at once, as a process does that is killed. */
  | { readonly kind: 'end' }
  /** It ends in place of the storage operation after so many more. */
  | { readonly kind: 'end-after'; readonly operations: number }
  /** From the operation after so many more, each fails as on a disk that is broken. */
  | { readonly kind: 'fail-after'; readonly operations: number };
