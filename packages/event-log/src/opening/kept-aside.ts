const MARK = '.damaged-';

/** What a cluster that does not open is called from then on: `pg18.damaged-20261122T152604Z`. */
export function keptAsideName(cluster: string, at: Date): string {
  return `${cluster}${MARK}${at.toISOString().replace(/[-:]|\.\d+/g, '')}`;
}

/** Those of `names` that a cluster was kept aside under, the newest first. */
export function keptAsideIn(names: readonly string[], cluster: string): string[] {
  return names
    .filter((name) => name.startsWith(cluster + MARK))
    .sort()
    .reverse();
}
