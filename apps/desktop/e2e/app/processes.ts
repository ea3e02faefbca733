import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The processes that descend from `root`, itself included. */
export async function processFamily(root: number): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']);
  const parents = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const family = new Set([root]);
  // A child can stand before its parent in the list, so it is gone through until nobody new is found.
  for (let before = 0; before !== family.size;) {
    before = family.size;
    for (const [pid = 0, parent = 0] of parents) if (family.has(parent)) family.add(pid);
  }
  return [...family];
}

/** Those of `pids` that still run; one that has ended and waits to be collected does not. */
export async function stillRunning(pids: readonly number[]): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,stat=']);
  const running = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, state = '']) => !state.startsWith('Z'))
    .map(([pid]) => Number(pid));
  return pids.filter((pid) => running.includes(pid));
}
