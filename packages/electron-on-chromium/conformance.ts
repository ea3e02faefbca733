/** `npm run conformance [-- --runtime=electron|chromium] [-t <pattern>]`: Electron's documentation, case by case. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { runtime: { type: 'string' }, testNamePattern: { type: 'string', short: 't' } },
});
const { runtime, testNamePattern } = values;
if (runtime !== undefined && runtime !== 'electron' && runtime !== 'chromium') {
  throw new Error(`There is no runtime '${runtime}': say --runtime=electron or --runtime=chromium.`);
}
const { status } = spawnSync(
  'npm',
  [
    ...['run', '--silent', 'unit', '--', 'conformance/conformance.test.ts', '--verbose'],
    ...(testNamePattern === undefined ? [] : [`--testNamePattern=${testNamePattern}`]),
  ],
  {
    stdio: 'inherit',
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, ...(runtime === undefined ? {} : { CONFORMANCE_RUNTIME: runtime }) },
    shell: process.platform === 'win32',
  },
);
process.exitCode = status ?? 1;
