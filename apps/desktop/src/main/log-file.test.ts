import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLogFile } from './log-file.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'retrace-log-file-'));
});
afterEach(() => rm(directory, { recursive: true }));

describe('openLogFile', () => {
  it('writes lines in the order they came', async () => {
    const log = await openLogFile(directory);
    for (let line = 1; line <= 20; line++) log.note(`line ${line}.`);
    await log.flush();
    const numbers = [...(await readFile(log.path, 'utf8')).matchAll(/line (\d+)\./g)].map((found) =>
      Number(found[1]),
    );
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it('writes an error down with its stack, under the reference it answers, without the secrets of addresses', async () => {
    const log = await openLogFile(directory);
    const reference = log.failure(new Error('refused https://example.com/a?token=secret'));
    await log.flush();
    const text = await readFile(log.path, 'utf8');
    expect(text).toContain(`${reference} Error: refused https://example.com/a`);
    expect(text).toContain('log-file.test.ts');
    expect(text).not.toContain('secret');
  });

  it('sets a long file aside at start', async () => {
    await writeFile(join(directory, 'retrace.log'), 'x'.repeat(1024 * 1024 + 1));
    const log = await openLogFile(directory);
    log.note('fresh');
    await log.flush();
    expect((await readFile(log.path, 'utf8')).length).toBeLessThan(100);
    expect((await readFile(`${log.path}.1`, 'utf8')).length).toBe(1024 * 1024 + 1);
  });
});
