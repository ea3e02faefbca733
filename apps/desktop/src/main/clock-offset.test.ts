import { describe, expect, it } from '@jest/globals';
import { readClockOffset } from './clock-offset.ts';

function started(isPackaged: boolean, offset: string) {
  return {
    isPackaged,
    commandLine: { getSwitchValue: (name: string) => (name === 'clock-offset' ? offset : '') },
  };
}

describe('readClockOffset', () => {
  it('is nothing without the switch', () => {
    expect(readClockOffset(started(false, ''))).toBeNull();
  });

  it('is an ISO 8601 duration', () => {
    expect(readClockOffset(started(false, 'P21D'))?.as('days')).toBe(21);
  });

  it('refuses what is no duration', () => {
    expect(() => readClockOffset(started(false, '21 days'))).toThrow(/P21D/);
  });

  it('never moves the clock of a packaged application', () => {
    expect(readClockOffset(started(true, 'P21D'))).toBeNull();
  });
});
