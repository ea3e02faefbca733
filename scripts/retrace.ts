/** `npm run retrace -- …`: the command line of apps/cli, built first where it is stale. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt } from './build.ts';
import { root } from './project.ts';

async function retrace(): Promise<number> {
  await ensureBuilt('stale', ['packages/event-log', 'apps/cli']);
  const child = spawn(process.execPath, [join(root, 'apps/cli/bin/retrace'), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  // A terminal sends Ctrl+C to both; the child closes its log and decides how the run ends.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
  return await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve(code ?? 1);
    });
  });
}

process.exitCode = await retrace().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});
