import { CdpError } from './errors.ts';
import { ignoreGone } from './gone.ts';

/** For answers to paused requests: one whose page has gone, or that Chromium has given up meanwhile, is nobody's to answer. */
export function ignoreWithdrawn(error: unknown): void {
  if (!(error instanceof CdpError && error.message.includes('Invalid InterceptionId'))) ignoreGone(error);
}
