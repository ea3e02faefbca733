/** `npm test`: every check there is, one after the other, all of them even when one fails. The last line counts. */
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureBuilt } from './build.ts';
import { ensureChromium } from './chromium.ts';
import { npm, root } from './project.ts';

interface Tally {
  passed: number;
  failed: number;
}

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** Runs one of the root package's scripts and resolves to its exit code; what it prints is shown as it comes. */
async function run(script: string, ...args: string[]): Promise<number> {
  const child = spawn(npm.command, [...npm.args, 'run', '--silent', script, '--', ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  return await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve(code ?? 1);
    });
  });
}

/** A check that passes or fails as a whole. */
async function check(script: string): Promise<Tally> {
  const started = performance.now();
  const code = await run(script);
  console.log(`${script}: ${code === 0 ? 'passed' : 'FAILED'} in ${seconds(started)}`);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  /** Test files that did not get as far as their tests. */
  readonly numRuntimeErrorTestSuites: number;
}

/** One of jest's projects, counted by test. */
async function suite(script: 'unit' | 'e2e'): Promise<Tally> {
  const started = performance.now();
  const reportFile = join(root, 'test-out', `${script}.json`);
  await rm(reportFile, { force: true });
  await mkdir(join(root, 'test-out'), { recursive: true });
  const code = await run(script, '--json', `--outputFile=${reportFile}`);
  const report = JSON.parse(await readFile(reportFile, 'utf8')) as JestReport;
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  console.log(`${script}: ${report.numPassedTests} passed, ${failed} failed in ${seconds(started)}`);
  // Jest can fail for a reason that no test shows, such as a handle left open by force.
  return { passed: report.numPassedTests, failed: code === 0 ? failed : Math.max(failed, 1) };
}

const CHECKS: readonly (() => Promise<Tally>)[] = [
  () => check('format:check'),
  () => check('lint'),
  () => check('types'),
  () => suite('unit'),
  () => suite('e2e'),
];

const total: Tally = { passed: 0, failed: 0 };
try {
  ensureChromium('tests');
  await ensureBuilt();
  for (const runCheck of CHECKS) {
    const { passed, failed } = await runCheck();
    total.passed += passed;
    total.failed += failed;
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  total.failed += 1;
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
