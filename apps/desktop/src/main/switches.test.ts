import { describe, expect, it } from '@jest/globals';
import { resolve } from 'node:path';
import { readSwitches } from './switches.ts';

function started(isPackaged: boolean, values: Record<string, string>) {
  return { isPackaged, commandLine: { getSwitchValue: (name: string) => values[name] ?? '' } };
}

describe('readSwitches', () => {
  it('asks for nothing without switches', () => {
    const switches = readSwitches(started(false, {}));
    expect(switches.userDataDirectory).toBeNull();
    expect(switches.clockOffset.toMillis()).toBe(0);
  });

  it('makes the data directory absolute', () => {
    const switches = readSwitches(started(false, { 'user-data-dir': 'some/where' }));
    expect(switches.userDataDirectory).toBe(resolve('some/where'));
  });

  it('reads the clock offset as an ISO 8601 duration', () => {
    const { clockOffset } = readSwitches(started(false, { 'clock-offset': 'P21D' }));
    expect(clockOffset.as('days')).toBe(21);
  });

  it('refuses an offset that is no duration', () => {
    expect(() => readSwitches(started(false, { 'clock-offset': '21 days' }))).toThrow(/P21D/);
  });

  it('never moves the clock of a packaged application', () => {
    const { clockOffset } = readSwitches(started(true, { 'clock-offset': 'P21D' }));
    expect(clockOffset.toMillis()).toBe(0);
  });
});
