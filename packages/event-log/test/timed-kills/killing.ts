import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { withScratchFolder } from '../storage/scratch-folder.ts';
import type { Tally } from '../storage/tally.ts';
import { judge, type Verdict } from '../storage/verdict.ts';
import { receiptsIn, TABLES, type Job } from '../victim/job.ts';
import { startVictim, type Victim } from '../victim/run-victim.ts';

/** When a victim is killed: so long after it was started, or so long after so many receipts. */
type Moment =
  | { readonly in: 'start'; readonly afterMs: number }
  | { readonly in: 'work'; readonly receipts: number; readonly afterMs: number };

const inStart = fc.record({
  in: fc.constant('start'),
  afterMs: fc.integer({ min: 300, max: 1500 }),
} as const);
const inWork = fc.record({
  in: fc.constant('work'),
  receipts: fc.integer({ min: 1, max: 200 }),
  afterMs: fc.nat({ max: 6 }),
} as const);

const moment: fc.Arbitrary<Moment> = fc.oneof(
  { weight: 1, arbitrary: inStart },
  { weight: 4, arbitrary: inWork },
);

export interface Killing {
  readonly kills: number;
  /** How many victims share a directory, none of which closes it. */
  readonly killsPerDirectory: number;
  readonly seed: number;
  readonly life: Extract<Job['life'], 'endless' | 'endless-early'>;
  readonly tally: Tally;
}

export interface Killed {
  readonly kills: number;
  /** Of them, before they had opened the directory. */
  readonly atStart: number;
  readonly receipts: number;
}

/**
 * Kills so many victims, each at a moment that the seed decides, and lets each judge what those before it on its directory left; who
 * comes last is judged here.
 */
export async function killVictims({ kills, killsPerDirectory, seed, life, tally }: Killing): Promise<Killed> {
  const moments = fc.sample(fc.tuple(inStart, moment), { seed, numRuns: kills });
  const sum = { kills: 0, atStart: 0, receipts: 0 };
  while (moments.length > 0 && tally.faults.length === 0) {
    await withScratchFolder(async (folder) => {
      const job: Job = {
        directory: join(folder, 'log'),
        receipts: join(folder, 'receipts'),
        durability: 'power',
        life,
      };
      await writeFile(job.receipts, '');
      for (const [place, [early, any]] of moments.splice(0, killsPerDirectory).entries()) {
        // The first of a directory dies while that is made, or soon after.
        const verdict = await killOne(job, place === 0 ? early : any);
        sum.kills += 1;
        if (verdict === null) sum.atStart += 1;
        else tally.add(`kill ${sum.kills}`, verdict);
      }
      const events = receiptsIn(await readFile(job.receipts, 'utf8'));
      sum.receipts += events.length;
      const expected = { acknowledged: events.at(-1)?.position ?? 0, events, tables: TABLES };
      tally.add(`after kill ${sum.kills}`, await judge(job.directory, expected));
    });
  }
  return sum;
}

/** What the victim said of those before it, or null where it was killed before it could. */
async function killOne(job: Job, moment: Moment): Promise<Verdict | null> {
  const victim = startVictim(job);
  // After `close` nothing more comes from its output.
  const ended = once(victim, 'close');
  const saying = listen(victim, moment.in === 'work' ? moment.receipts : Infinity);
  if (moment.in === 'work') await Promise.race([saying.enough, ended]);
  await Promise.race([pause(moment.afterMs), ended]);
  victim.kill('SIGKILL');
  await ended;
  if (victim.signalCode === 'SIGKILL') return saying.verdict();
  return saying.verdict() ?? { kind: 'inconsistent', why: `A victim ended with ${String(victim.exitCode)}.` };
}

function listen(
  victim: Victim,
  receipts: number,
): { readonly enough: Promise<void>; readonly verdict: () => Verdict | null } {
  let verdict: Verdict | null = null;
  let told = 0;
  const enough = new Promise<void>((resolve) => {
    createInterface(victim.stdout).on('line', (line) => {
      // Written by victim.ts.
      if (line.startsWith('judged ')) verdict = JSON.parse(line.slice('judged '.length)) as Verdict;
      if (line === 'told' && (told += 1) === receipts) resolve();
    });
  });
  return { enough, verdict: () => verdict };
}
