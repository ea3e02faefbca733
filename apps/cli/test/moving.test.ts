import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareLog } from './prepare-log.ts';
import { retrace, retraceJson } from './retrace-process.ts';

let directory: string;
let at: string;
let file: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'retrace-cli-'));
  at = `--user-data-dir=${join(directory, 'first')}`;
  file = join(directory, 'log.jsonl');
  await prepareLog(join(directory, 'first'));
  await retraceJson('log', 'export', file, at);
});
afterAll(() => rm(directory, { recursive: true }));

/** The option for a data directory of one's own, which is not there yet. */
const another = (name: string): string => `--user-data-dir=${join(directory, name)}`;

describe('a log that is moved', () => {
  it('is written to a file whole, readable by its owner only', async () => {
    const copy = join(directory, 'copy.jsonl');
    expect(await retraceJson('log', 'export', copy, at)).toEqual([{ file: copy, events: 10 }]);
    expect(await readFile(copy)).toEqual(await readFile(file));
    expect((await stat(copy)).mode & 0o777).toBe(0o600);
  });

  it('is the same sessions, and the same export to the byte', async () => {
    const there = another('second');
    const [imported] = await retraceJson('log', 'import', file, there);
    expect(imported).toEqual({ position: 10, hash: expect.any(String), imported: 10 });
    expect(await retraceJson('sessions', '--deleted', there)).toEqual(
      await retraceJson('sessions', '--deleted', at),
    );
    const hashOf = async (place: string) => (await retraceJson('rebuild', place)) as [{ stateHash: string }];
    expect((await hashOf(there))[0].stateHash).toBe((await hashOf(at))[0].stateHash);
    const { stdout } = await retrace('log', 'export', there);
    expect(stdout).toBe(await readFile(file, 'utf8'));
  });

  it('is gone on with where an import was cut off', async () => {
    const there = another('cut');
    const text = await readFile(file, 'utf8');
    const cut = join(directory, 'cut.jsonl');
    await writeFile(cut, text.slice(0, text.length / 2));
    const { code, stderr } = await retrace('log', 'import', cut, there, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'ExportDamaged' } });
    expect(await retraceJson('log', 'import', file, there)).toMatchObject([{ position: 10 }]);
    expect(await retraceJson('log', 'import', file, there)).toMatchObject([{ position: 10, imported: 0 }]);
  });

  it('is not mixed with another log', async () => {
    await prepareLog(join(directory, 'other'));
    const { code, stderr } = await retrace('log', 'import', file, another('other'));
    expect(code).toBe(2);
    expect(stderr).toMatch(/^retrace: The log cannot take this export: .*\n$/);
  });

  it('is not written over a file, and a file that is not there is told before anything is made', async () => {
    expect((await retrace('log', 'export', file, at)).code).toBe(2);
    const { code, stderr } = await retrace('log', 'import', join(directory, 'none'), another('none'));
    expect(code).toBe(4);
    expect(stderr).toContain('There is no file');
    expect(await readdir(directory)).not.toContain('none');
  });
});

describe('retrace log verify', () => {
  it('finds a log and its export whole, with the same anchor, which the log then still has', async () => {
    const [verified] = (await retraceJson('log', 'verify', at)) as [{ position: number; hash: string }];
    expect(verified).toMatchObject({ position: 10, redacted: 0 });
    expect(await retraceJson('log', 'verify', file)).toEqual([verified]);
    const anchor = `--anchor=${verified.position}:${verified.hash}`;
    const { code, stdout } = await retrace('log', 'verify', anchor, at);
    expect(code).toBe(0);
    expect(stdout).toBe(`All 10 events are what was appended.\nanchor 10:${verified.hash}\n`);
  });

  it('says that a log does not have the anchor', async () => {
    const { code, stderr } = await retrace('log', 'verify', `--anchor=10:${'0'.repeat(64)}`, at);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^retrace: The log was changed at position 10: .*\n$/);
  });

  it('names the first event of an export that was changed', async () => {
    const changed = join(directory, 'changed.jsonl');
    await writeFile(changed, (await readFile(file, 'utf8')).replace('"Games"', '"Gains"'));
    const { code, stderr } = await retrace('log', 'verify', changed, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'ExportDamaged', position: 9 } });
  });
});

describe('retrace sessions --at', () => {
  it('gives the sessions of an earlier moment', async () => {
    expect(await retraceJson('sessions', '--at=8', at)).toMatchObject([
      { position: 8, sessions: [{ name: 'Work' }, { name: 'Play', deletedAt: null }] },
    ]);
    expect((await retrace('sessions', '--at=11', at)).code).toBe(4);
  });
});
