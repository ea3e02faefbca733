import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { CLUSTER_NAME } from '../../src/pglite/cluster-name.ts';
import { ScratchLogs } from '../../src/pglite/testing/scratch-log.ts';
import type { Durability } from '../../src/port.ts';
import { durabilityFaults } from './durability-faults.ts';
import { callsOf, TRACED, type Call } from './trace.ts';

const scratch = new ScratchLogs();
afterAll(() => scratch.dispose());

/** Why a process cannot be traced here, or null. */
function hindrance(): string | null {
  const { error, status, stderr } = spawnSync('strace', ['-o', '/dev/null', 'true'], { encoding: 'utf8' });
  if (error !== undefined) return `strace is not installed (${error.message})`;
  return status === 0 ? null : `strace may not trace here: ${stderr.trim()}`;
}

async function traced(
  durability: Exclude<Durability, 'memory'>,
): Promise<{ readonly calls: readonly Call[]; readonly cluster: string }> {
  const folder = await realpath(await scratch.directory());
  const trace = join(folder, 'trace');
  const directory = join(folder, 'made', 'log');
  const script = fileURLToPath(new URL('acknowledging.ts', import.meta.url));
  const child = spawn(
    'strace',
    // Threads too; descriptors with their paths; whole paths; only what is traced stops the process.
    ['-f', '-y', '-s', '300', '--seccomp-bpf', '-e', `trace=${TRACED}`, '-o', trace].concat([
      process.execPath,
      '--import',
      'tsx',
      script,
      directory,
      durability,
    ]),
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  await once(child, 'close');
  expect(child.exitCode).toBe(0);
  return { calls: callsOf(await readFile(trace, 'utf8')), cluster: join(directory, CLUSTER_NAME) };
}

const why = hindrance();

describe('the system calls of a log', () => {
  if (why !== null) {
    it('cannot be looked at here, and need not be but in CI', () => {
      console.warn(`The system calls are not looked at: ${why}.`);
      expect(process.env['CI']).toBeUndefined();
    });
    return;
  }

  it('sync what an acknowledgement and a new cluster stand on, before them', async () => {
    const { calls, cluster } = await traced('power');
    expect(calls.filter((call) => call.kind === 'said' && call.text.startsWith('acknowledged'))).toHaveLength(
      58,
    );
    expect(durabilityFaults(calls, cluster)).toEqual([]);
  });

  it('do not where durability against a power cut was not asked for, and that is seen', async () => {
    const { calls, cluster } = await traced('process');
    const faults = durabilityFaults(calls, cluster);
    expect(faults).toHaveLength(58);
    expect(faults[0]).toMatch(/^acknowledged 1 before .*pg_wal.* was synced$/);
  });
});
