import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { appFolder, emptyPage, executable, startChromium, withFolder } from './bench-app.ts';

const runs = 7;

/** From the start of the process to `ready-to-show`, in milliseconds. */
async function startRuntime(userData: string): Promise<number> {
  const started = Date.now();
  const child = spawn(executable, [appFolder, '--headless', `--user-data-dir=${userData}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let shown: number | undefined;
  for await (const line of createInterface(child.stdout)) {
    const [, at] = /^ready-to-show (\d+)$/.exec(line) ?? [];
    if (at === undefined) continue;
    shown = Number(at);
    child.kill('SIGTERM');
  }
  await exited;
  if (shown === undefined) throw new Error('The bench’s application ended before it was shown.');
  return shown - started;
}

/** From the start of Chromium to the first paint of the same page, in milliseconds. */
async function startBare(profileDir: string): Promise<number> {
  const started = Date.now();
  const chromium = await startChromium(profileDir);
  const { targetId } = await chromium.browser.send('Target.createTarget', { url: 'about:blank' });
  const page = await chromium.browser.attachTo(targetId);
  const painted = new Promise<void>((resolve) => {
    page.on('Page.lifecycleEvent', ({ name }) => {
      if (name === 'firstPaint') resolve();
    });
  });
  await Promise.all([
    page.send('Page.enable'),
    page.send('Page.setLifecycleEventsEnabled', { enabled: true }),
    page.send('Page.navigate', { url: emptyPage }),
  ]);
  await painted;
  const took = Date.now() - started;
  await chromium.close();
  return took;
}

/** Both in turns, on profiles that have been started once before. */
export async function measureStarts(): Promise<{ readonly runtime: number[]; readonly bare: number[] }> {
  return withFolder(async (folder) => {
    const [userData, profile] = [join(folder, 'app'), join(folder, 'bare')];
    await startRuntime(userData);
    await startBare(profile);
    const [runtime, bare]: [number[], number[]] = [[], []];
    for (let run = 0; run < runs; run += 1) {
      runtime.push(await startRuntime(userData));
      bare.push(await startBare(profile));
    }
    return { runtime, bare };
  });
}
