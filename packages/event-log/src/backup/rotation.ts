import type { KeptCluster } from '../opening/kept-aside.ts';
import type { Backup } from './backup-name.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const DAYS = 7;
const WEEKS = 4;

/**
 * The backups that are not needed any more.
 *
 * Invariants:
 * 1. The newest backup stays, whatever its age, and whatever the clock says now.
 * 2. Of each of the last seven days that has any, the newest stays; of each of the last four weeks too.
 * 3. One from the future (the clock was set back) stays.
 *
 * Days and weeks are counted back from now, not by a calendar: no time zone decides what is kept.
 */
export function outlived(backups: readonly Backup[], now: number): Backup[] {
  const newestFirst = [...backups].sort((a, b) => b.madeAt - a.madeAt);
  const taken = new Set<string>();
  return newestFirst.filter((backup, index) => {
    const age = now - backup.madeAt;
    if (age < 0) return false;
    const spans = [
      ...(age < DAYS * DAY_MS ? [`day ${Math.floor(age / DAY_MS)}`] : []),
      ...(age < WEEKS * 7 * DAY_MS ? [`week ${Math.floor(age / (7 * DAY_MS))}`] : []),
    ];
    const needed = spans.some((span) => !taken.has(span));
    for (const span of spans) taken.add(span);
    return !needed && index > 0;
  });
}

/**
 * The clusters kept beside the log that are not needed any more: for as long as backups go back, a backup has been made since each.
 *
 * @param backedUpAt when the newest backup was made, which was read back
 */
export function outlivedClusters(
  kept: readonly KeptCluster[],
  { backedUpAt, now }: { readonly backedUpAt: number; readonly now: number },
): KeptCluster[] {
  return kept.filter(({ keptAt }) => keptAt < backedUpAt && now - keptAt >= WEEKS * 7 * DAY_MS);
}
