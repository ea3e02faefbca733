import { join } from 'node:path';
import { backupsIn } from '../../src/backup/backup-name.ts';
import { verifyBackup, writeBackup } from '../../src/backup/write-backup.ts';
import { createMemoryLog } from '../../src/memory/memory-log.ts';
import type { Verdict } from '../storage/verdict.ts';
import type { Left } from './sweep.ts';

/**
 * Judges the backups that a life of `backup` left.
 *
 * 1. Whatever has the name of a backup is one, whole, of as many events as its name says.
 * 2. The first is there where events were appended after it.
 * 3. What was unfinished is not in the way of the next.
 */
export async function judgeBackups({ job, head, acknowledged }: Left): Promise<Verdict> {
  const directory = job.backups ?? '';
  try {
    const backups = await backupsIn(directory);
    for (const { name, position } of backups) {
      const verified = await verifyBackup(join(directory, name));
      if (verified.head.position !== position) {
        return { kind: 'inconsistent', why: `${name} has ${verified.head.position} events.` };
      }
    }
    if (acknowledged > head && !backups.some(({ position }) => position === head)) {
      return { kind: 'lost', why: `The backup of ${head} events was made and is not there.` };
    }
    await writeBackup(createMemoryLog(), { directory, madeAt: new Date() });
    return { kind: 'whole' };
  } catch (error) {
    return { kind: 'inconsistent', why: String(error) };
  }
}
