import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import './bench.ts';
import { type Fixture, launchFixture, soon } from './launch.ts';

let userData: string;
let fixture: Fixture;

beforeEach(async () => {
  userData = await mkdtemp(join(tmpdir(), 'crash-'));
  fixture = await launchFixture('views', userData);
  await fixture.electron.firstWindow();
  await fixture.electron.evaluate(async ({ app }) => {
    app.on('window-all-closed', () => bench.log.push(['window-all-closed', null]));
    app.on('child-process-gone', (_event, { type, reason }) => {
      bench.log.push(['child-process-gone', `${type} ${reason}`]);
    });
    const { webContents } = bench.open('a', 'persist:a', { x: 0, y: 0, width: 300, height: 200 });
    await webContents.loadURL('data:text/html,<title>a</title>');
    for (const [name, contents] of [
      ['view', webContents],
      ['window', bench.window.webContents],
    ] as const) {
      contents.on('render-process-gone', (_event, { reason }) => bench.log.push([`${name} gone`, reason]));
      contents.on('destroyed', () => bench.log.push([`${name} destroyed`, null]));
    }
  });
});

afterEach(async () => {
  await fixture.close();
  await rm(userData, { recursive: true, force: true });
});

const log = () => fixture.electron.evaluate(() => bench.log);
const pidOf = async (profile: string): Promise<number> =>
  Number(await readFile(join(userData, profile, 'electron-on-chromium.pid'), 'utf8'));

/** Every process that names the app's data, which is how each Chromium is started. */
async function chromiums(): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    // A process may end while it is looked at.
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return lines.filter((line) => line.includes(`--user-data-dir=${userData}/`));
}

/** Only Linux tells which processes there are by files. */
const onLinux = process.platform === 'linux' ? describe : describe.skip;

describe('when Chromium is killed, the main process goes on and hears of it', () => {
  it('a partition’s', async () => {
    process.kill(await pidOf('Partitions/a'), 'SIGKILL');
    const seen = await soon(log, (entries) => entries.length >= 3);
    expect(seen).toContainEqual(['child-process-gone', 'Utility killed']);
    expect(seen.filter(([event]) => event.startsWith('view'))).toEqual([
      ['view gone', 'killed'],
      ['view destroyed', null],
    ]);
    const title = await fixture.electron.evaluate(async () => {
      const { webContents } = bench.open('b', 'persist:a', { x: 0, y: 0, width: 300, height: 200 });
      await webContents.loadURL('data:text/html,<title>again</title>');
      return webContents.getTitle();
    });
    expect(title).toBe('again');
  });

  it('the window’s', async () => {
    process.kill(await pidOf('Default'), 'SIGKILL');
    const seen = await soon(log, (entries) => entries.some(([event]) => event === 'window-all-closed'));
    expect(seen).toContainEqual(['window gone', 'killed']);
    expect(seen).toContainEqual(['window-all-closed', null]);
    const title = await fixture.electron.evaluate(async ({ BrowserWindow }) => {
      const window = new BrowserWindow();
      await window.loadURL('data:text/html,<title>another window</title>');
      return window.getTitle();
    });
    expect(title).toBe('another window');
  });
});

onLinux('nothing of Chromium remains', () => {
  const none = () => soon(chromiums, (lines) => lines.length === 0);

  it('after a quit', async () => {
    expect((await chromiums()).length).toBeGreaterThan(0);
    await fixture.electron.close();
    expect(await none()).toEqual([]);
  });

  it('after kill -9 of the main process', async () => {
    fixture.electron.process().kill('SIGKILL');
    expect(await none()).toEqual([]);
  });

  it('after an error that nobody has caught', async () => {
    await fixture.electron
      .evaluate(() => {
        setTimeout(() => process.abort());
      })
      .catch(() => undefined);
    expect(await none()).toEqual([]);
  });

  it('and no profile but the app’s own', async () => {
    const before = (await readdir(tmpdir())).filter((name) => /chrom/i.test(name));
    await fixture.electron.close();
    const after = (await readdir(tmpdir())).filter((name) => /chrom/i.test(name));
    expect(after.filter((name) => !before.includes(name))).toEqual([]);
  });
});
