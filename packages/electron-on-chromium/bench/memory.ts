import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CdpSession } from '../src/cdp/session.ts';
// As in frames.ts.
import type {} from './globals.d.ts';
import { openPage, startChromium, withApp, withFolder } from './bench-app.ts';

const partitions = 4;
const size = { width: 400, height: 300 };

/** The proportional share of memory of a Chromium and all its children, in MiB; they are one process group. */
async function memoryOf(group: number): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const shares = await Promise.all(
    pids.map(async (pid) => {
      // A process that has ended meanwhile has no memory.
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      if (Number(stat.slice(stat.lastIndexOf(')')).split(' ')[3]) !== group) return 0;
      const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
      return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) / 1024;
    }),
  );
  return shares.reduce((sum, share) => sum + share, 0);
}

async function memoryOfAll(groups: readonly number[]): Promise<number> {
  const shares: number[] = [];
  for (const group of groups) shares.push(await memoryOf(group));
  return shares.reduce((sum, share) => sum + share, 0);
}

/** Pages rest before they are measured, and the last one as long as the first. */
const rest = () => new Promise((resolve) => setTimeout(resolve, 3_000));

/** MiB of a partition's Chromium, and of a bare one with the same page. Linux tells; elsewhere there is no figure. */
export async function measureMemory(
  url: string,
): Promise<{ readonly runtime: number; readonly bare: number } | undefined> {
  if (process.platform !== 'linux') return undefined;
  const names = Array.from({ length: partitions }, (_, index) => `bench-${index}`);
  const runtime = await withApp(async ({ app, userData }) => {
    for (const [index, name] of names.entries()) {
      await app.evaluate((_electron, [page, partition, bounds]) => globalThis.show(page, partition, bounds), [
        url,
        `persist:${name}`,
        { x: index * 100, y: 0, ...size },
      ] as const);
    }
    await rest();
    const groups = await Promise.all(
      names.map(async (name) =>
        Number(await readFile(join(userData, 'Partitions', name, 'electron-on-chromium.pid'), 'utf8')),
      ),
    );
    return memoryOfAll(groups);
  });
  const bare = await withFolder(async (folder) => {
    const started = [];
    for (const name of names) {
      const chromium = await startChromium(join(folder, name));
      const page = await openPage(chromium, url, size);
      await showFrames(page);
      started.push(chromium);
    }
    await rest();
    const memory = await memoryOfAll(started.map(({ pid }) => pid));
    await Promise.all(started.map((chromium) => chromium.close()));
    return memory;
  });
  return { runtime: runtime / partitions, bare: bare / partitions };
}

/** The page of a partition is drawn; so is the bare one. */
async function showFrames(page: CdpSession): Promise<void> {
  page.on(
    'Page.screencastFrame',
    ({ sessionId }) => void page.send('Page.screencastFrameAck', { sessionId }),
  );
  await page.send('Page.startScreencast', { format: 'jpeg', maxWidth: size.width, maxHeight: size.height });
}
