import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BrowserProcess, BrowserStartError } from './browser-process.ts';
import { findBrowser } from './find-browser.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'browser-process-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const start = (executable?: string) =>
  BrowserProcess.start({
    browser:
      executable === undefined ? findBrowser('headless-shell') : { executable, kind: 'headless-shell' },
    profileDir: join(folder, 'profile'),
    display: 'headless',
    switches: [],
  });

describe('BrowserProcess', () => {
  it('says which Chromium did not start, and why', async () => {
    const executable = join(folder, 'ends-at-once');
    await writeFile(executable, '#!/bin/sh\nexit 3\n');
    await chmod(executable, 0o755);
    await expect(start(executable)).rejects.toThrow(BrowserStartError);
    await expect(start(executable)).rejects.toThrow(`${executable}): it ended before it answered`);
    await expect(start(join(folder, 'missing'))).rejects.toThrow(/ENOENT/);
  });

  it('is over when it has closed', async () => {
    const chromium = await start();
    await chromium.close();
    expect(() => process.kill(chromium.pid, 0)).toThrow(/ESRCH/);
  });

  it('waits for the process that still has the profile', async () => {
    const first = await start();
    const second = start();
    first.kill();
    const { pid, close } = await second.then((chromium) => ({
      pid: chromium.pid,
      close: () => chromium.close(),
    }));
    expect(() => process.kill(first.pid, 0)).toThrow(/ESRCH/);
    expect(pid).not.toBe(first.pid);
    await close();
  });
});
