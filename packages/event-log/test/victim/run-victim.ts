import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Job } from './job.ts';

/** What the recorder under a victim's storage is told; see `recorded-worker.ts`. */
export interface Recording {
  readonly record: string;
  /** The storage boundary, counted from 1, in place of which the victim ends. */
  readonly dieAt?: number;
}

export type Victim = ChildProcessByStdio<null, Readable, null>;

export function startVictim(job: Job, recording?: Recording): Victim {
  const script = fileURLToPath(new URL('victim.ts', import.meta.url));
  const { record, dieAt } = recording ?? {};
  return spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(job)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      ...(record === undefined
        ? {}
        : {
            RETRACE_RECORD: record,
            RETRACE_RECORD_ROOT: job.life === 'backup' ? job.backups : job.directory,
          }),
      ...(dieAt === undefined ? {} : { RETRACE_DIE_AT: String(dieAt) }),
    },
  });
}

/** Lets a victim live to its end. Rejects where it ended otherwise than by a kill or with 0. */
export async function runVictim(job: Job, recording?: Recording): Promise<'killed' | 'ended'> {
  const victim = startVictim(job, recording);
  victim.stdout.resume();
  await once(victim, 'close');
  if (victim.signalCode === 'SIGKILL') return 'killed';
  if (victim.exitCode !== 0) throw new Error(`A victim ended with ${victim.exitCode ?? 'a signal'}.`);
  return 'ended';
}
