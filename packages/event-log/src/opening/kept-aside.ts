/** Why a cluster is not under its own name any more: it does not open, or a backup was put in its place when that was asked for. */
export type KeptAside = 'damaged' | 'replaced';

/** What a cluster is called that was kept aside: `pg18.damaged-20261122T152604Z`. */
export function keptAsideName(cluster: string, why: KeptAside, at: Date): string {
  return `${cluster}.${why}-${at.toISOString().replace(/[-:]|\.\d+/g, '')}`;
}

/** Those of `names` that a cluster was kept aside under. */
export function keptAsideIn(names: readonly string[], cluster: string): string[] {
  return names.filter((name) => name.startsWith(`${cluster}.`) && /^[^.]+\.(damaged|replaced)-/.test(name));
}
