import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawn } from '../storage/drawn.ts';
import { isBoundary, operationsIn } from '../storage/operation.ts';
import type { Random } from '../storage/disk.ts';
import { withScratchFolder } from '../storage/scratch-folder.ts';
import type { Tally } from '../storage/tally.ts';
import { judge, type Verdict } from '../storage/verdict.ts';
import { receiptsIn, TABLES, type Job, type Life } from '../victim/job.ts';
import { runVictim } from '../victim/run-victim.ts';

/** Makes what the life finds in a folder: a log in `log`, or none, an export in `source`. Returns the position that the log has then. */
export type Preparation = (job: Job & { readonly source: string }) => Promise<number>;

/** What is there when a life has ended in place of one of its operations. */
export interface Left {
  readonly job: Job;
  /** The position of the log before the life. */
  readonly head: number;
  /** The newest position that was acknowledged. */
  readonly acknowledged: number;
}

export interface Sweep {
  readonly prepare: Preparation;
  /** The life that is ended at each of its storage boundaries. */
  readonly swept: Life;
  /** How many boundaries, as many of each phase of the life as of another. */
  readonly count: number;
  /** What is judged besides the log. */
  readonly judgeMore?: (left: Left) => Promise<Verdict>;
  readonly random: Random;
  readonly tally: Tally;
}

/** Ends a life at its storage boundaries, one after the other, and judges what it leaves. Returns how many there are. */
export async function sweep({ prepare, swept, count, judgeMore, random, tally }: Sweep): Promise<number> {
  return await withScratchFolder(async (folder) => {
    const prepared = join(folder, 'prepared');
    await mkdir(join(prepared, 'log'), { recursive: true, mode: 0o700 });
    await writeFile(join(prepared, 'receipts'), '');
    const head = await prepare(jobIn(prepared, swept));

    const whole = await copyOf(prepared, join(folder, 'whole'));
    const record = join(folder, 'record');
    await runVictim(jobIn(whole, swept), { record });
    const boundaries = boundariesIn(record);

    for (const { boundary, phase } of drawn(boundaries, count, random)) {
      await withScratchFolder(async (other) => {
        const copy = await copyOf(prepared, join(other, 'copy'));
        const dying = { record: join(other, 'record'), dieAt: boundary };
        const end = await runVictim(jobIn(copy, swept), dying);
        const name = `${swept}: ${phase}, boundary ${boundary}`;
        const events = receiptsIn(await readFile(join(copy, 'receipts'), 'utf8'));
        const acknowledged = Math.max(head, events.at(-1)?.position ?? 0);
        const expected = { acknowledged, events, tables: TABLES };
        const verdict = await judge(join(copy, 'log'), expected);
        const more = await judgeMore?.({ job: jobIn(copy, swept), head, acknowledged });
        tally.add(`${name} (${end})`, verdict.kind === 'whole' ? (more ?? verdict) : verdict);
      });
    }
    return boundaries.length;
  });
}

function jobIn(folder: string, life: Life): Job & { readonly source: string } {
  return {
    directory: join(folder, 'log'),
    receipts: join(folder, 'receipts'),
    source: join(folder, 'source'),
    backups: join(folder, 'backups'),
    durability: 'power',
    life,
  };
}

async function copyOf(folder: string, target: string): Promise<string> {
  // The sockets of earlier owners cannot be copied, and are of nobody.
  await cp(folder, target, { recursive: true, filter: (path) => !path.endsWith('/owner') });
  return target;
}

interface Boundary {
  /** Counted from 1. */
  readonly boundary: number;
  readonly phase: string;
}

function boundariesIn(record: string): readonly Boundary[] {
  const boundaries: Boundary[] = [];
  let phase = '';
  for (const operation of operationsIn(record)) {
    if (operation.kind === 'phase') phase = operation.name;
    if (isBoundary(operation)) boundaries.push({ boundary: boundaries.length + 1, phase });
  }
  return boundaries;
}
