/** `npm run types`: the compiler over every part, each with the libraries of the place it runs in. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './project.ts';

const PARTS = [
  '.',
  'packages/protocol',
  'packages/event-log',
  'packages/engine',
  'packages/electron-on-chromium',
  'apps/cli',
  'apps/desktop',
  'apps/desktop/src/renderer',
];

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
for (const part of PARTS) {
  const { status } = spawnSync(process.execPath, [tsc, '--project', join(root, part)], { stdio: 'inherit' });
  if (status !== 0) {
    console.error(`Types do not fit in ${part}.`);
    process.exitCode = 1;
  }
}
