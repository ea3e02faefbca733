/** What every long work on a whole log takes. */
export interface LongWork {
  /** The newest position that is done, of how many. */
  readonly onProgress?: (position: number, of: number) => void;
  /** Ends the work: it rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}
