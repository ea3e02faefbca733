import {
  appendFile,
  cp,
  mkdir,
  open,
  utimes,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { positionsOf, range, recordsIn, sampleAppend, sampleEvent } from '../contract/index.ts';
import { createMemoryLog } from '../memory/memory-log.ts';
import { ScratchLogs } from '../pglite/testing/scratch-log.ts';
import type { EventLog } from '../port.ts';
import { BackupKeeper, type BackupKeeperOptions } from './backup-keeper.ts';
import { backupsIn } from './backup-name.ts';
import { verifyBackup, writeBackup } from './write-backup.ts';

const scratch = new ScratchLogs();
afterEach(() => scratch.dispose());
jest.setTimeout(120_000);

const MADE_AT = new Date('2026-11-22T09:00:00.000Z');

async function fill(log: EventLog, events: number): Promise<void> {
  for (const n of range(1, events)) await log.append(sampleAppend({ events: [sampleEvent(`${n}`)] }));
}

describe('a backup', () => {
  it('is a whole export under a name that says when and how far, and nothing else is left', async () => {
    const directory = join(await scratch.directory(), 'backups');
    const log = createMemoryLog();
    await fill(log, 700);

    const written = await writeBackup(log, { directory, madeAt: MADE_AT });

    expect(written).toEqual({
      name: '2026-11-22T090000Z-700.jsonl.gz',
      head: await log.chain.head(),
      redacted: 0,
    });

    expect(await readdir(directory)).toEqual(['2026-11-22T090000Z-700.jsonl.gz']);
    expect(await backupsIn(directory)).toEqual([
      { name: '2026-11-22T090000Z-700.jsonl.gz', madeAt: MADE_AT.getTime(), position: 700 },
    ]);
    const verified = await verifyBackup(join(directory, written.name));
    expect(verified.head).toEqual(written.head);
  });

  it.each<[string, (path: string) => Promise<void>]>([
    ['was cut off', async (path) => writeFile(path, (await readFile(path)).subarray(0, -40))],
    ['has a flipped bit', flipMiddle],
    ['has something after its end', (path) => appendFile(path, 'x')],
  ])('that %s does not verify', async (_what, breakIt) => {
    const directory = await scratch.directory();
    const log = createMemoryLog();
    await fill(log, 50);
    const { name } = await writeBackup(log, { directory, madeAt: MADE_AT });
    const path = join(directory, name);
    await breakIt(path);
    await expect(verifyBackup(path)).rejects.toMatchObject({ code: 'ExportDamaged' });
  });

  it('that is given up leaves nothing', async () => {
    const directory = await scratch.directory();
    const stopping = new AbortController();
    stopping.abort();
    await expect(
      writeBackup(createMemoryLog(), { directory, madeAt: MADE_AT, signal: stopping.signal }),
    ).rejects.toThrow();
    expect(await readdir(directory)).toEqual([]);
  });
});

async function flipMiddle(path: string): Promise<void> {
  const file = await open(path, 'r+');
  const { size } = await file.stat();
  const byte = new Uint8Array(1);
  await file.read(byte, 0, 1, size >> 1);
  await file.write(new Uint8Array([(byte[0] ?? 0) ^ 1]), 0, 1, size >> 1);
  await file.close();
}

/** Lets a keeper do what is due at a start. */
async function keepOnce(
  options: Pick<BackupKeeperOptions, 'log' | 'directory'> & Partial<BackupKeeperOptions>,
): Promise<void> {
  const logDirectory = await scratch.directory();
  const keeper = new BackupKeeper({
    logDirectory,
    clock: () => MADE_AT,
    onNotice: () => undefined,
    ...options,
  });
  keeper.start();
  await keeper.idle();
  await keeper.stop();
}

describe('backups that are made by themselves', () => {
  it('1, 2: one at a start that finds none, and of older ones those that are needed stay', async () => {
    const directory = await scratch.directory();
    for (const day of ['2026-10-01', '2026-11-20', '2026-11-19']) {
      await writeFile(join(directory, `${day}T080000Z-3.jsonl.gz`), '');
    }
    const log = createMemoryLog();
    await fill(log, 5);
    await keepOnce({ log, directory });

    expect((await readdir(directory)).sort()).toEqual([
      '2026-11-19T080000Z-3.jsonl.gz',
      '2026-11-20T080000Z-3.jsonl.gz',
      '2026-11-22T090000Z-5.jsonl.gz',
    ]);
  });

  it('3: one that fails is said, and the older ones stay', async () => {
    const directory = await scratch.directory();
    await writeFile(join(directory, '2026-11-01T080000Z-3.jsonl.gz'), '');
    const notices: string[] = [];
    const log = createMemoryLog();
    await fill(log, 5);
    const broken = { ...log.chain, head: () => Promise.reject(new Error('the disk is full')) };
    const logDirectory = await scratch.directory();
    await mkdir(join(logDirectory, 'pg18.damaged-20261001T080000Z'));
    await keepOnce({
      log: { access: log.access, chain: broken, head: () => log.head(), committed$: log.committed$ },
      directory,
      logDirectory,
      onNotice: (notice) => notices.push(notice),
    });

    expect(notices).toEqual([expect.stringContaining('the disk is full')]);
    expect(await readdir(directory)).toEqual(['2026-11-01T080000Z-3.jsonl.gz']);
    expect(await readdir(logDirectory)).toEqual(['pg18.damaged-20261001T080000Z']);
  });

  it('4: what was kept beside the log stays for four weeks, and goes with a word then', async () => {
    const [directory, logDirectory] = [await scratch.directory(), await scratch.directory()];
    const old = ['pg18.damaged-20261025T080000Z', 'pg18.replaced-20261025T080000Z', 'pg18.schema-1'];
    const others = ['pg18', 'pg18.damaged-20261026T080000Z', 'pg18.schema-2'];
    for (const name of [...old, ...others])
      await mkdir(join(logDirectory, name, 'base'), { recursive: true });
    await utimes(join(logDirectory, 'pg18.schema-1'), MADE_AT, new Date('2026-10-25T08:00:00.000Z'));
    await utimes(join(logDirectory, 'pg18.schema-2'), MADE_AT, new Date('2026-10-26T08:00:00.000Z'));
    const log = createMemoryLog();
    await fill(log, 5);
    const notices: string[] = [];

    await keepOnce({ log, directory, logDirectory, onNotice: (notice) => notices.push(notice) });

    expect((await readdir(logDirectory)).sort()).toEqual(others);
    expect(notices).toEqual(
      old.map((name) => expect.stringMatching(`kept on 2026-10-25 as ${name}, was removed`)),
    );
  });

  it('5: none of a log that is only read', async () => {
    const directory = await scratch.directory();
    const log = createMemoryLog();
    await fill(log, 5);
    const { chain, committed$ } = log;

    await keepOnce({ log: { access: 'read-only', chain, head: () => log.head(), committed$ }, directory });

    expect(await readdir(directory)).toEqual([]);
  });
});

describe('a log that does not open, with backups', () => {
  async function damagedLog(): Promise<{ directory: string; backups: string; cluster: string }> {
    const directory = await scratch.directory();
    const backups = await scratch.directory();
    const cluster = join(directory, 'pg18');
    const log = await scratch.open(directory);
    await fill(log, 30);
    await writeBackup(log, { directory: backups, madeAt: MADE_AT });
    await fill(log, 5);
    await log.close();
    await rm(join(cluster, 'global/pg_control'));
    return { directory, backups, cluster };
  }

  it('is kept aside as it was and rebuilt from the newest one that verifies, and what is missing is said', async () => {
    const { directory, backups, cluster } = await damagedLog();
    await writeFile(join(backups, '2026-11-22T100000Z-35.jsonl.gz'), 'not a backup');
    const before = await scratch.directory();
    await cp(cluster, before, { recursive: true });
    const notices: string[] = [];

    const log = await scratch.open(directory, { backups, onNotice: (notice) => notices.push(notice) });

    expect(positionsOf(await recordsIn(log))).toEqual(range(1, 30));
    await expect(log.append(sampleAppend())).resolves.toMatchObject({ events: [{ position: 31 }] });
    expect(notices).toEqual([
      expect.stringContaining('2026-11-22T100000Z-35.jsonl.gz is damaged'),
      expect.stringContaining('after 2026-11-22 09:00 UTC is missing'),
    ]);
    const aside = (await readdir(directory)).find((name) => name.startsWith('pg18.damaged-')) ?? '';
    for (const place of ['PG_VERSION', 'base/5/pg_filenode.map', 'pg_xact/0000']) {
      expect(await readFile(join(directory, aside, place))).toEqual(await readFile(join(before, place)));
    }
  });

  it('2: is rebuilt by the next start when a rebuilding was killed between its two renamings', async () => {
    const { directory, backups, cluster } = await damagedLog();
    await rename(cluster, `${cluster}.damaged-20261122T100000Z`);

    const log = await scratch.open(directory, { backups });

    expect(await log.head()).toBe(30);
  });

  it('is rebuilt too where it is gone: no empty log is begun beside its backups', async () => {
    const { directory, backups, cluster } = await damagedLog();
    await rm(cluster, { recursive: true });

    const log = await scratch.open(directory, { backups });

    expect(await log.head()).toBe(30);
  });

  it('3: is refused when no backup verifies, says what to do, and stays in its place', async () => {
    const { directory, cluster } = await damagedLog();
    const files = (await readdir(cluster, { recursive: true })).sort();

    await expect(scratch.open(directory, { backups: await scratch.directory() })).rejects.toMatchObject({
      code: 'LogDamaged',
      message: expect.stringMatching(/no backup .* move it away to begin with an empty log/),
    });

    expect((await readdir(cluster, { recursive: true })).sort()).toEqual(files);
  });
});
