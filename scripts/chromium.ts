import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import {
  BrowserNotFoundError,
  findBrowser,
} from '../packages/electron-on-chromium/src/browser/find-browser.ts';

/** Debian's and Ubuntu's packages: the window's browser, and the smaller one that views run in. */
const PACKAGES = ['chromium', 'chromium-headless-shell'];

function isMissing(purpose: 'window' | 'tests'): string | null {
  try {
    findBrowser(purpose === 'window' ? 'full' : 'headless-shell');
    return null;
  } catch (error) {
    if (error instanceof BrowserNotFoundError) return error.message;
    throw error;
  }
}

/**
 * Sees to it that a Chromium is there. Where that needs no question, as root on Debian or Ubuntu, a missing one is installed.
 * @throws Error with one sentence that says what to install.
 */
export function ensureChromium(purpose: 'window' | 'tests'): void {
  const advice = isMissing(purpose);
  if (advice === null) return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) throw new Error(advice);
  console.log(`Installing ${PACKAGES.join(' and ')} …`);
  const apt = (...args: string[]): boolean =>
    spawnSync('apt-get', ['-qq', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  const installed = apt('update') && apt('install', '--yes', '--no-install-recommends', ...PACKAGES);
  const stillMissing = isMissing(purpose);
  if (!installed || stillMissing !== null) throw new Error(stillMissing ?? advice);
}
