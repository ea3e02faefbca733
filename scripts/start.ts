/** `npm start`: opens Retrace for a person. `npm start -- --runtime=electron|chromium` decides the runtime; all else goes to the application. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt } from './build.ts';
import { ensureChromium } from './chromium.ts';
import { root } from './project.ts';
import { chooseRuntime, hasDisplay } from './runtime.ts';
import type { RuntimeKind } from './runtime.ts';

const RUNTIME_SWITCH = '--runtime=';

function readRuntimeSwitch(switches: readonly string[]): RuntimeKind | undefined {
  const value = switches.findLast((text) => text.startsWith(RUNTIME_SWITCH))?.slice(RUNTIME_SWITCH.length);
  if (value === undefined || value === 'electron' || value === 'chromium') return value;
  throw new Error(`There is no runtime “${value}”. Use --runtime=electron or --runtime=chromium.`);
}

async function start(): Promise<number> {
  const switches = process.argv.slice(2);
  const forced = readRuntimeSwitch(switches);
  if (!hasDisplay()) {
    throw new Error(
      'There is no display to open a window on. Run “npm run demo” to see Retrace at work without one.',
    );
  }
  const runtime = await chooseRuntime(forced);
  if (runtime.kind === 'chromium') ensureChromium('window');
  await ensureBuilt();
  const rest = switches.filter((text) => !text.startsWith(RUNTIME_SWITCH));
  const child = spawn(runtime.executablePath, [join(root, 'apps/desktop'), ...rest], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve(code ?? 1);
    });
  });
}

process.exitCode = await start().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});
