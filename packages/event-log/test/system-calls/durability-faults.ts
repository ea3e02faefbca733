import { dirname } from 'node:path';
import type { Call } from './trace.ts';

/**
 * What is wrong with the order in which a process wrote, synced and acknowledged. It says `asked <n>` before it asks for `n` appends at
 * once, and `acknowledged <position>` for each receipt.
 *
 * 1. Between asking and the first receipt, the write-ahead log was written, and each file of it that was written was synced after that.
 * 2. Of a new cluster, all files and directories were synced after their last change and before the rename that gives it its name, and
 *    the directory that the name is in was synced before the first append was asked for.
 */
export function durabilityFaults(calls: readonly Call[], cluster: string): readonly string[] {
  return [...acknowledgementFaults(calls), ...installationFaults(calls, cluster)];
}

function acknowledgementFaults(calls: readonly Call[]): readonly string[] {
  const faults: string[] = [];
  const unsynced = new Set<string>();
  let written = false;
  for (const call of calls) {
    if (call.kind === 'written' && isWal(call.path)) {
      written = true;
      unsynced.add(call.path);
    }
    if (call.kind === 'synced') unsynced.delete(call.path);
    if (call.kind !== 'said') continue;
    if (call.text.startsWith('asked')) written = false;
    else if (!written) faults.push(`${call.text} before anything was written`);
    else if (unsynced.size > 0) faults.push(`${call.text} before ${[...unsynced].join(', ')} was synced`);
  }
  return faults;
}

function isWal(path: string): boolean {
  return /\/pg_wal\/[0-9A-F]{24}$/.test(path);
}

function installationFaults(calls: readonly Call[], cluster: string): readonly string[] {
  const named = calls.findIndex((call) => call.kind === 'renamed' && call.to === cluster);
  const renaming = calls[named];
  if (renaming?.kind !== 'renamed') return ['The cluster was not made beside its place and renamed.'];
  const unsynced = new Set<string>();
  for (const call of calls.slice(0, named)) {
    if (call.kind === 'synced') unsynced.delete(call.path);
    if (call.kind === 'made') unsynced.add(call.path).add(dirname(call.path));
    if (call.kind === 'written') unsynced.add(call.path);
  }
  const faults = [...unsynced]
    .filter((path) => path === renaming.path || path.startsWith(`${renaming.path}/`))
    .map((path) => `${path} was not synced before the rename`);
  const asked = calls.findIndex((call) => call.kind === 'said');
  const parent = dirname(cluster);
  const kept = calls.slice(named, asked).some((call) => call.kind === 'synced' && call.path === parent);
  return kept ? faults : [...faults, `${parent} was not synced after the rename`];
}
