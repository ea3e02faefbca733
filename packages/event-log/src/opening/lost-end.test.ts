import { cp, open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { writeBackup } from '../backup/write-backup.ts';
import { GENESIS } from '../chain/chain-link.ts';
import { positionsOf, range, recordsIn, sampleAppend } from '../contract/index.ts';
import type { LogError } from '../errors.ts';
import { forgetAcknowledged } from '../pglite/acknowledged-mark.ts';
import { ScratchLogs } from '../pglite/testing/scratch-log.ts';
import { LogProcess } from '../pglite/testing/spawn-log.ts';
import type { EventLog } from '../port.ts';

const kept = new ScratchLogs();
const scratch = new ScratchLogs();
/** How many bits of what was appended to the write-ahead log are tried, one at a time. */
const FLIPS = Number(process.env['RETRACE_FLIPS'] ?? 20);

jest.setTimeout(120_000 + FLIPS * 10_000);

const WAL = 'pg18/pg_wal';
/** A log whose process was killed while it appended, how much it had acknowledged, and where that lies in its write-ahead log. */
let killed = '';
let acknowledged = 0;
let segment = '';
let begin = 0;
let end = 0;

beforeAll(async () => {
  const empty = await kept.directory();
  await (await kept.open(empty)).close();
  killed = await kept.directory();
  const process = new LogProcess(killed);
  await process.line('acknowledged 120', 'refused');
  await process.kill();
  acknowledged = process.acknowledged.length;
  const names = (await readdir(join(killed, WAL))).filter((name) => /^[0-9A-F]{24}$/.test(name));
  [segment = ''] = names.sort();
  [begin, end] = [await lastByteOf(join(empty, WAL, segment)), await lastByteOf(join(killed, WAL, segment))];
});
afterAll(() => kept.dispose());
afterEach(() => scratch.dispose());

async function lastByteOf(path: string): Promise<number> {
  return (await readFile(path)).findLastIndex((byte) => byte !== 0);
}

/** A copy of the killed log. */
async function copyOfKilled(): Promise<string> {
  const directory = await scratch.directory();
  await cp(killed, directory, { recursive: true, filter: (path) => !path.endsWith('owner') });
  return directory;
}

/** One in whose write-ahead log a bit was flipped. @param at how far into what was appended, from 0 to 1 */
async function flippedAt(at: number): Promise<string> {
  const directory = await copyOfKilled();
  const file = await open(join(directory, WAL, segment), 'r+');
  const position = Math.floor(begin + (end - begin) * at);
  const byte = new Uint8Array(1);
  await file.read(byte, 0, 1, position);
  await file.write(new Uint8Array([(byte[0] ?? 0) ^ 16]), 0, 1, position);
  await file.close();
  return directory;
}

/** The position that an opening refuses to go on without. */
async function firstMissing(directory: string): Promise<number> {
  const error = await scratch.open(directory).then(
    () => null,
    (refusal: unknown) => refusal as LogError,
  );
  expect(error).toMatchObject({ code: 'LogDamaged', step: 'verification' });
  return error?.position ?? 0;
}

/** A backup of the first events of a log. */
async function backupOf(log: EventLog, events: number): Promise<string> {
  const directory = await scratch.directory();
  const checked = await log.chain.check(GENESIS, events);
  const link = checked.kind === 'whole' ? checked.link : GENESIS;
  const chain = { ...log.chain, head: () => Promise.resolve(link) };
  await writeBackup({ chain }, { directory, madeAt: new Date() });
  return directory;
}

describe('a bit that flips in the write-ahead log after a crash', () => {
  it(`is told, or costs nothing: ${FLIPS} places`, async () => {
    let told = 0;
    for (const n of range(1, FLIPS)) {
      const directory = await flippedAt(n / (FLIPS + 1));
      const found = await scratch.open(directory).then(
        async (log) => {
          const { length } = await recordsIn(log);
          await log.close();
          return length >= acknowledged ? 'everything' : `${length} of ${acknowledged}`;
        },
        (error: unknown) => (error as LogError).code,
      );
      expect(['everything', 'LogDamaged']).toContain(found);
      if (found === 'LogDamaged') told += 1;
    }
    expect(told).toBeGreaterThan(FLIPS / 2);
  });

  it('is not seen without the mark: the log opens, and is shorter', async () => {
    const directory = await flippedAt(0.9);
    forgetAcknowledged(join(directory, 'pg18'));

    const log = await scratch.open(directory);

    expect(await log.head()).toBeLessThan(acknowledged);
  });
});

describe('a log that lost its end', () => {
  it('goes on from the last event that can be read where no backup goes further, and says so', async () => {
    const directory = await flippedAt(0.9);
    const missing = await firstMissing(directory);
    expect(missing).toBeGreaterThan(20);
    const backups = await backupOf(await scratch.open(await copyOfKilled()), 20);
    const notices: string[] = [];

    const log = await scratch.open(directory, { backups, onNotice: (notice) => notices.push(notice) });

    expect(positionsOf(await recordsIn(log))).toEqual(range(1, missing - 1));
    expect(notices).toEqual([
      expect.stringMatching(
        new RegExp(
          `it ends at position ${missing - 1}, and events up to \\d+ .* goes on from the last event that can be read\\. .* is missing\\. .* kept as `,
        ),
      ),
    ]);
    await expect(log.append(sampleAppend())).resolves.toMatchObject({ events: [{ position: missing }] });
    const [aside = ''] = (await readdir(directory)).filter((name) => name.startsWith('pg18.damaged-'));
    expect(await readFile(join(directory, aside, 'pg_wal', segment))).toEqual(
      await readFile(join(await flippedAt(0.9), WAL, segment)),
    );
  });

  it('is rebuilt from a backup that goes further', async () => {
    const directory = await flippedAt(0.9);
    const whole = await scratch.open(await copyOfKilled());
    const backups = await backupOf(whole, acknowledged);

    const log = await scratch.open(directory, { backups });

    expect(await log.chain.check(GENESIS, acknowledged + 1)).toEqual(
      await whole.chain.check(GENESIS, acknowledged),
    );
  });

  it.each<[string, string]>([
    ['was changed', 'acknowledged 0000000000009999 00000000\n'],
    ['is torn', 'acknowledged 00000'],
    ['is empty', ''],
  ])('is not what a log is taken for whose mark %s', async (_what, content) => {
    const directory = await copyOfKilled();
    const mark = await open(join(directory, 'pg18/retrace.acknowledged'), 'w');
    await mark.writeFile(content);
    await mark.close();

    const log = await scratch.open(directory);

    expect(await log.head()).toBeGreaterThanOrEqual(acknowledged);
  });
});
