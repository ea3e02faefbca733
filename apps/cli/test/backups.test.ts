import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { cp, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLogIn, prepareLog } from './prepare-log.ts';
import { retrace, retraceJson } from './retrace-process.ts';

// Each run of the command line starts PostgreSQL, and a new log is synced file by file.
jest.setTimeout(180_000);

let directory: string;
let first: string;
let backup: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'retrace-cli-'));
  first = join(directory, 'first');
  await prepareLog(first);
  const [written] = (await retraceJson('log', 'backup', at(first))) as [{ file: string }];
  backup = written.file;
});
afterAll(() => rm(directory, { recursive: true }));

const at = (userData: string): string => `--user-data-dir=${userData}`;
const exported = async (userData: string): Promise<string> =>
  (await retrace('log', 'export', at(userData))).stdout;

/** A copy of the first data directory, its log and its backups, that a test may break. */
async function copyNamed(name: string): Promise<string> {
  const copy = join(directory, name);
  await cp(first, copy, { recursive: true, filter: (path) => !path.endsWith('/owner') });
  return copy;
}

describe('retrace log backup', () => {
  it('writes one beside the application’s own, and says where it is and what it holds', async () => {
    const { size } = await stat(backup);
    const [verified] = await retraceJson('log', 'verify', at(first));

    const { code, stdout, stderr } = await retrace('log', 'backup', at(first));

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [, file = '', hash = ''] =
      /^10 events are in (.*) \(0\.0 MB\), .*\nanchor 10:(.*)\n$/.exec(stdout) ?? [];
    expect(file).toMatch(/first\/backups\/[^/]*Z-10\.jsonl\.gz$/);
    expect((await stat(file)).size).toBe(size);
    expect(verified).toMatchObject({ position: 10, hash });
  });

  it('writes one to a folder of one’s own', async () => {
    const folder = join(directory, 'elsewhere');
    expect(await retraceJson('log', 'backup', folder, at(first))).toMatchObject([
      { file: expect.stringContaining(folder), bytes: expect.any(Number), position: 10, redacted: 0 },
    ]);
    expect(await readdir(folder)).toHaveLength(1);
  });

  it('does not mix a server’s backups with the application’s', async () => {
    const { code, stderr } = await retrace('log', 'backup', '--log=postgres://localhost/none', at(first));
    expect(code).toBe(2);
    expect(stderr).toMatch(/^retrace: Name a folder .*\n$/);
  });
});

describe('retrace log restore', () => {
  it('makes the log of a backup where there is none: the same events, the same sessions', async () => {
    const other = join(directory, 'other');
    expect(await retraceJson('log', 'restore', backup, at(other))).toMatchObject([
      { backup, position: 10, redacted: 0, keptAside: null },
    ]);
    expect(await exported(other)).toBe(await exported(first));
    expect(await retraceJson('sessions', '--deleted', at(other))).toEqual(
      await retraceJson('sessions', '--deleted', at(first)),
    );
  });

  it('leaves a log with events as it is unless it is to be replaced, and keeps it aside then', async () => {
    const copy = await copyNamed('full');
    await (await openLogIn(copy)).close();
    const refused = await retrace('log', 'restore', at(copy), '--json');
    expect(refused.code).toBe(2);
    expect(JSON.parse(refused.stderr)).toEqual({
      error: { code: 'LogNotEmpty', message: expect.stringMatching(/has 10 events\. .* --replace/) },
    });
    expect(await readdir(join(copy, 'log'))).not.toContainEqual(expect.stringContaining('replaced'));

    const [restored] = (await retraceJson('log', 'restore', '--replace', at(copy))) as [
      { keptAside: string },
    ];

    expect(restored.keptAside).toMatch(/\/full\/log\/pg18\.replaced-\d{8}T\d{6}Z$/);
    expect(await readFile(join(restored.keptAside, 'PG_VERSION'), 'utf8')).toBe('18\n');
    expect(await exported(copy)).toBe(await exported(first));
  });

  it('takes the newest of the application’s backups that is whole', async () => {
    const copy = await copyNamed('damaged');
    await writeFile(join(copy, 'backups/2999-01-01T000000Z-12.jsonl.gz'), 'not a backup');
    await truncate(join(copy, 'log/pg18/global/pg_control'), 100);

    const refused = await retrace('log', 'restore', at(copy));
    expect(refused.code).toBe(5);
    expect(refused.stderr).toContain('--replace');
    const { code, stdout, stderr } = await retrace('log', 'restore', '--replace', at(copy));

    expect(code).toBe(0);
    expect(stderr).toMatch(/^The backup 2999-01-01T000000Z-12\.jsonl\.gz is damaged .*\n$/);
    expect(stdout).toMatch(
      /^The log has the 10 events of .*\nThe log that was there was kept as .*\nanchor 10:/,
    );
    expect(await exported(copy)).toBe(await exported(first));
  });

  it.each<[string, (path: string) => Promise<void>]>([
    ['is cut off', async (path) => truncate(path, (await stat(path)).size - 30)],
    ['is none', (path) => writeFile(path, 'not a backup')],
  ])('changes nothing for the sake of a file that %s', async (what, breakIt) => {
    const copy = await copyNamed(what);
    const file = join(directory, `${what}.jsonl.gz`);
    await cp(backup, file);
    await breakIt(file);

    const { code, stderr } = await retrace('log', 'restore', file, '--replace', at(copy), '--json');

    expect(code).toBe(1);
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'ExportDamaged' } });
    expect((await readdir(join(copy, 'log'))).filter((name) => name.startsWith('pg'))).toEqual(['pg18']);
    expect(await exported(copy)).toBe(await exported(first));
  });

  it('says that there is no backup, and makes nothing', async () => {
    const nowhere = join(directory, 'nowhere');
    const { code, stderr } = await retrace('log', 'restore', at(nowhere));
    expect(code).toBe(4);
    expect(stderr).toMatch(/^retrace: There is no whole backup in .*nowhere\/backups\. .*\n$/);
    expect(await readdir(directory)).not.toContain('nowhere');
  });

  it('is refused, as backup is, while another process owns the log', async () => {
    const log = await openLogIn(first);
    try {
      expect((await retrace('log', 'backup', at(first))).code).toBe(3);
      expect((await retrace('log', 'restore', '--replace', at(first))).code).toBe(3);
    } finally {
      await log.close();
    }
  });
});
