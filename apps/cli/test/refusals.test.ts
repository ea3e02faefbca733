import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cp, mkdtemp, readdir, readFile, rm, truncate } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLogIn } from './prepare-log.ts';
import { retrace } from './retrace-process.ts';

let directory: string;
let at: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'retrace-cli-'));
  at = `--user-data-dir=${directory}`;
});
afterEach(() => rm(directory, { recursive: true }));

/** Every file below a directory with a hash of what is in it. */
async function contentsOf(folder: string): Promise<Record<string, string>> {
  const contents: Record<string, string> = {};
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile())
      contents[path] = createHash('sha256')
        .update(await readFile(path))
        .digest('hex');
  }
  return contents;
}

describe('retrace', () => {
  it('refuses a log that another process owns, naming it', async () => {
    const log = await openLogIn(directory);
    try {
      const { code, stdout, stderr } = await retrace('log', 'tail', at);
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
      expect(stderr).toMatch(new RegExp(`^retrace: .* is in use by process ${process.pid}\\. .*\\n$`));
    } finally {
      await log.close();
    }
  });

  it.each([[['log', 'tail']], [['sessions']], [['rebuild']]])(
    '%j makes nothing where there is no log',
    async (words) => {
      const { code, stderr } = await retrace(...words, at);
      expect(code).toBe(4);
      expect(stderr).toMatch(/^retrace: There is no log in .*\n$/);
      expect(await readdir(directory)).toEqual([]);
    },
  );

  it('says that a log is damaged, and leaves every byte of it', async () => {
    await (await openLogIn(directory)).close();
    await truncate(join(directory, 'log/pg18/global/pg_control'), 100);
    const before = await contentsOf(directory);
    const { code, stderr } = await retrace('log', 'tail', at);
    expect(code).toBe(5);
    expect(stderr).toMatch(/^retrace: .* does not open, it is not whole: .*\n$/);
    expect(await contentsOf(directory)).toEqual(before);
  });

  it('says that a log is of another PostgreSQL, and leaves every byte of it', async () => {
    await (await openLogIn(directory)).close();
    await cp(join(directory, 'log/pg18'), join(directory, 'log/pg17'), { recursive: true });
    await rm(join(directory, 'log/pg18'), { recursive: true });
    const before = await contentsOf(directory);
    const { code, stderr } = await retrace('log', 'stats', at);
    expect(code).toBe(6);
    expect(stderr).toMatch(/^retrace: .* of PostgreSQL 17, and this is 18\. .*\n$/);
    expect(await contentsOf(directory)).toEqual(before);
  });

  it('gives a refusal as JSON where JSON was asked for', async () => {
    const { code, stdout, stderr } = await retrace('sessions', at, '--json');
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(JSON.parse(stderr)).toEqual({
      error: { code: 'LogNotFound', message: expect.stringContaining(directory) },
    });
  });

  it.each([
    [['bogus'], "unknown command 'bogus'"],
    [['log', 'tail', '--lines=none'], 'none is not a whole number'],
    [['log', 'tail', '--since=yesterday'], 'yesterday is not a time'],
    [['log', 'tail', '--follow'], 'Nothing new can come to a directory'],
    [['log', 'tail', '--log=mysql://me:secret@host'], 'It begins with postgres://.'],
    [['log', 'show', '--colour'], "unknown option '--colour'"],
  ])('refuses %j in one sentence', async (words, reason) => {
    const { code, stdout, stderr } = await retrace(...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(reason);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it.each([[[]], [['log']], [['log', 'tail']], [['log', 'restore']], [['sessions']], [['rebuild']]])(
    'explains itself: %j --help',
    async (words) => {
      const { code, stdout, stderr } = await retrace(...words, '--help');
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/^Usage: retrace /);
    },
  );
});
