import { describe, expect, it } from '@jest/globals';
import { CommandLine } from './command-line.ts';

describe('app.commandLine', () => {
  it('knows the switches that the app was started with', () => {
    const line = new CommandLine(['app', '--clock-offset=P21D', '--headless']);
    expect(line.getSwitchValue('clock-offset')).toBe('P21D');
    expect(line.hasSwitch('headless')).toBe(true);
    expect(line.hasSwitch('other')).toBe(false);
    expect(line.getSwitchValue('other')).toBe('');
  });

  it('joins lists of features and replaces everything else', () => {
    const line = new CommandLine(['--disable-features=A', '--lang=de']);
    line.appendSwitch('disable-features', 'B');
    line.appendSwitch('lang', 'fr');
    expect(line.getSwitchValue('disable-features')).toBe('A,B');
    expect(line.getSwitchValue('lang')).toBe('fr');
  });

  it('gives Chromium what is about pages and their network, and none of what this runtime decides', () => {
    const line = new CommandLine([
      '--lang=de',
      '--no-sandbox',
      '--remote-debugging-port=0',
      '--user-data-dir=/x',
      '--clock-offset=P1D',
    ]);
    expect(line.forChromium()).toEqual(['--lang=de', '--no-sandbox']);
  });
});
