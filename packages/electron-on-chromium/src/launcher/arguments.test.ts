import { describe, expect, it } from '@jest/globals';
import { parseArguments } from './arguments.ts';

describe('the command line', () => {
  it('is read as Playwright writes it', () => {
    const given = parseArguments([
      '--no-sandbox',
      '-r',
      'loader.js',
      '--inspect=0',
      '--remote-debugging-port=0',
      'apps/desktop',
      '--user-data-dir=/data',
    ]);
    expect(given).toEqual({
      appPath: 'apps/desktop',
      requires: ['loader.js'],
      inspectPort: 0,
      debuggingPort: 0,
      userDataDir: '/data',
      headless: false,
      version: false,
    });
  });

  it('leaves what is not said out', () => {
    expect(parseArguments(['.', '--headless'])).toMatchObject({
      appPath: '.',
      inspectPort: undefined,
      debuggingPort: undefined,
      userDataDir: undefined,
      headless: true,
    });
  });

  it.each([
    ['--inspect', 9229],
    ['--inspect=5858', 5858],
    ['--inspect=127.0.0.1:5858', 5858],
  ])('takes %s for port %i', (argument, port) => {
    expect(parseArguments([argument, '.']).inspectPort).toBe(port);
  });
});
