import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

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

/** A cluster that lies beside the log's own. */
export interface KeptCluster {
  readonly name: string;
  /** When it was put there, in milliseconds since 1970. */
  readonly keptAt: number;
}

/** The clusters that were kept in a log's directory: aside, or as a copy before an upgrade (`pg18.schema-1`). */
export async function keptClustersIn(directory: string): Promise<KeptCluster[]> {
  const kept: KeptCluster[] = [];
  for (const name of await readdir(directory)) {
    const [, date = '', time = ''] = /^pg\d+\.(?:damaged|replaced)-(\d{8})T(\d{6})Z$/.exec(name) ?? [];
    const at = `${date.replace(/(....)(..)(..)/, '$1-$2-$3')}T${time.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`;
    if (date !== '') kept.push({ name, keptAt: Date.parse(at) });
    // A directory's time is that of the last name that was made in it.
    else if (/^pg\d+\.schema-\d+$/.test(name)) {
      kept.push({ name, keptAt: (await stat(join(directory, name))).mtimeMs });
    }
  }
  return kept;
}
