import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findBrowser } from '../../packages/electron-on-chromium/src/browser/find-browser.ts';
import { root } from '../project.ts';
import { pgliteVersion } from '../../packages/event-log/bench/pglite-version.ts';
import type { BenchRow } from './bench-row.ts';
import { benchStart } from './start.ts';
import { benchSwitching } from './switching.ts';

const run = promisify(execFile);

async function versionsHere(): Promise<Readonly<Record<string, string>>> {
  const { stdout } = await run(findBrowser('headless-shell').executable, ['--version']);
  return { node: process.versions.node, chromium: stdout.trim(), pglite: await pgliteVersion() };
}

async function benchEventLoop(versions: Readonly<Record<string, string>>): Promise<BenchRow[]> {
  const script = join(root, 'scripts/bench/event-loop.ts');
  const { stdout } = await run(process.execPath, ['--import', 'tsx', script], { cwd: root });
  const { commands, rebuild } = JSON.parse(stdout) as { commands: number; rebuild: number };
  const facts = { limit: 10, better: 'lower', unit: 'ms', versions } as const;
  return [
    { id: 'main-process event-loop delay, p99, during 1,000 commands', value: commands, ...facts },
    {
      id: 'main-process event-loop delay, p99, during a rebuild from 100,000 events',
      value: rebuild,
      ...facts,
    },
  ];
}

/** The application as a person meets it: starting, staying responsive, switching. */
export async function benchApp(): Promise<BenchRow[]> {
  const versions = await versionsHere();
  return [
    ...(await benchStart(versions)),
    ...(await benchEventLoop(versions)),
    ...(await benchSwitching(versions)),
  ];
}
