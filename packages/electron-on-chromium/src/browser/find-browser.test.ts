import { describe, expect, it } from '@jest/globals';
import { BrowserNotFoundError, findBrowser } from './find-browser.ts';

const machine = (
  files: readonly string[],
  env: Record<string, string> = {},
  platform: NodeJS.Platform = 'linux',
) => ({
  platform,
  env: { PATH: '/usr/local/bin:/usr/bin', ...env },
  isExecutable: (path: string) => files.includes(path),
});

describe('findBrowser', () => {
  it('prefers the headless shell for headless use and never uses it for a window', () => {
    const both = machine(['/usr/bin/chromium', '/usr/bin/chromium-headless-shell']);
    expect(findBrowser('headless-shell', both)).toEqual({
      executable: '/usr/bin/chromium-headless-shell',
      kind: 'headless-shell',
    });
    expect(findBrowser('full', both)).toEqual({ executable: '/usr/bin/chromium', kind: 'full' });
  });

  it('falls back to a full Chromium where there is no shell', () => {
    expect(findBrowser('headless-shell', machine(['/usr/bin/google-chrome']))).toEqual({
      executable: '/usr/bin/google-chrome',
      kind: 'full',
    });
  });

  it('takes the executable that the environment names', () => {
    const forced = machine(['/opt/mine/chrome'], { ELECTRON_ON_CHROMIUM_BROWSER: '/opt/mine/chrome' });
    expect(findBrowser('full', forced).executable).toBe('/opt/mine/chrome');
  });

  it('says what to install when there is none', () => {
    expect(() => findBrowser('full', machine([]))).toThrow(BrowserNotFoundError);
    expect(() => findBrowser('full', machine([]))).toThrow(/install/);
  });
});
