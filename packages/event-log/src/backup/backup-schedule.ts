const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Between two backups. */
const INTERVAL_MS = 24 * HOUR_MS;
/** Nothing was appended for so long: nobody is at work. */
const QUIET_MS = 2 * MINUTE_MS;
/** How long one that is due waits for quiet. */
const PATIENCE_MS = 2 * HOUR_MS;
/** After one that failed. */
const RETRY_MS = 15 * MINUTE_MS;

/** Times in milliseconds since 1970; null for what never happened. */
export interface BackupSituation {
  readonly now: number;
  readonly head: number;
  readonly newest: { readonly madeAt: number; readonly position: number } | null;
  readonly appendedAt: number | null;
  readonly failedAt: number | null;
}

/**
 * Milliseconds until a backup is to be made, 0 for now, null while there is nothing that the newest one lacks.
 * Daily, when it is quiet; at the latest two hours after it was due.
 */
export function waitForBackup({ now, head, newest, appendedAt, failedAt }: BackupSituation): number | null {
  if (head <= (newest?.position ?? 0)) return null;
  // A newest backup from the future says that the clock was set back: it must not put the next one off for long.
  const due = newest === null ? -Infinity : Math.min(newest.madeAt, now) + INTERVAL_MS;
  const quiet = appendedAt === null ? -Infinity : Math.min(appendedAt, now) + QUIET_MS;
  const patience = newest === null ? Infinity : due + PATIENCE_MS;
  const retry = failedAt === null ? -Infinity : Math.min(failedAt, now) + RETRY_MS;
  return Math.max(0, Math.max(due, Math.min(quiet, patience), retry) - now);
}
