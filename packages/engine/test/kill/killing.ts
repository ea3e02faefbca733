import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import type { Job, Message } from './messages.ts';
import { parseMessages } from './messages.ts';

/** How many victims share a directory, so that what a kill leaves is what the next one starts from. */
const KILLS_PER_DIRECTORY = 10;

/** When a victim is killed: so long after it was started, or so long after so many acknowledgements. */
type Moment =
  | { readonly in: 'start'; readonly afterMs: number }
  | { readonly in: 'work'; readonly acknowledgements: number; readonly afterMs: number };

const inStart = fc.record({ in: fc.constant('start'), afterMs: fc.nat({ max: 2_000 }) } as const);
const inWork = fc.record({
  in: fc.constant('work'),
  acknowledgements: fc.integer({ min: 1, max: 150 }),
  afterMs: fc.nat({ max: 12 }),
} as const);
const moment: fc.Arbitrary<Moment> = fc.oneof(
  { weight: 1, arbitrary: inStart },
  { weight: 3, arbitrary: inWork },
);

export interface Killing {
  /** Victims that were killed, of them before they had opened and checked the directory. */
  readonly kills: number;
  readonly killedAtStart: number;
  readonly appendsAcknowledged: number;
  /** What did not hold. */
  readonly broken: readonly string[];
}

/** What became of one victim. */
interface Death {
  readonly killed: boolean;
  readonly exitCode: number | null;
  readonly messages: readonly Message[];
}

/** Kills so many victims at moments that the seed decides, and tells what was found. Stops at the first thing broken. */
export async function killVictims(kills: number, seed: number, mode: 'honest' | 'early'): Promise<Killing> {
  const moments = fc.sample(moment, { seed, numRuns: kills });
  const deaths: Death[] = [];
  while (moments.length > 0 && deaths.every(({ messages }) => brokenIn(messages).length === 0)) {
    const root = await mkdtemp(join(tmpdir(), 'retrace-kill-'));
    const job = { directory: join(root, 'log'), acknowledgements: join(root, 'acknowledged.jsonl') };
    await writeFile(job.acknowledgements, '');
    for (const [place, at] of moments.splice(0, KILLS_PER_DIRECTORY).entries()) {
      // The first one of a directory dies while the directory is being made.
      const when: Moment = place === 0 ? { in: 'start', afterMs: 300 + ((at.afterMs * 50) % 1_500) } : at;
      const death = await killOne({ ...job, seed: seed + deaths.length, mode }, when);
      deaths.push(death);
      if (brokenIn(death.messages).length > 0) break;
    }
    deaths.push(await killOne({ ...job, seed, mode: 'verify' }, null));
    await rm(root, { recursive: true });
  }
  return sumOf(deaths);
}

/** Starts a victim, kills it in its moment or lets it end by itself, and keeps what it said for the next one. */
async function killOne(job: Job, when: Moment | null): Promise<Death> {
  const victim = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('victim.ts', import.meta.url)), JSON.stringify(job)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  // After `close` nothing more comes from its output.
  const ended = once(victim, 'close');
  let said = '';
  let lines = 0;
  const enough = new Promise<void>((resolve) => {
    victim.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      lines += text.split('\n').length - 1;
      // The first line says that the directory is whole.
      if (when?.in === 'work' && lines > when.acknowledgements) resolve();
    });
  });
  if (when !== null) {
    if (when.in === 'work') await Promise.race([enough, ended]);
    await Promise.race([pause(when.afterMs), ended]);
    victim.kill('SIGKILL');
  }
  await ended;
  await appendFile(job.acknowledgements, said.slice(0, said.lastIndexOf('\n') + 1));
  const { exitCode, signalCode } = victim;
  return { killed: signalCode === 'SIGKILL', exitCode, messages: parseMessages(said) };
}

function brokenIn(messages: readonly Message[]): readonly string[] {
  return messages.flatMap((message) => (message.kind === 'broken' ? [message.why] : []));
}

function sumOf(deaths: readonly Death[]): Killing {
  const killed = deaths.filter((death) => death.killed);
  const messages = deaths.flatMap((death) => death.messages);
  const silent = deaths.filter(
    (death) => !death.killed && death.exitCode !== 0 && brokenIn(death.messages).length === 0,
  );
  return {
    kills: killed.length,
    killedAtStart: killed.filter((death) => death.messages.every(({ kind }) => kind !== 'verified')).length,
    appendsAcknowledged: messages.filter(({ kind }) => kind === 'appended').length,
    broken: [
      ...brokenIn(messages),
      ...silent.map(({ exitCode }) => `A victim ended by itself with ${String(exitCode)}.`),
    ],
  };
}
