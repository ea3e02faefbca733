import { describe, expect, it } from '@jest/globals';
import { waitForBackup, type BackupSituation } from './backup-schedule.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Date.parse('2026-11-22T12:00:00.000Z');
const ago = (ms: number): number => NOW - ms;

describe('how long until the next backup', () => {
  it.each<[string, Partial<BackupSituation>, number | null]>([
    ['nothing to keep: never', { head: 0 }, null],
    ['nothing new since the newest: never', { newest: { madeAt: ago(99 * HOUR), position: 10 } }, null],
    ['the first of a log that was not touched now: at once', {}, 0],
    ['the first: once it is quiet', { appendedAt: ago(MINUTE) }, MINUTE],
    ['a day is not over', { newest: { madeAt: ago(20 * HOUR), position: 9 } }, 4 * HOUR],
    ['a day is over, and it is quiet', { newest: { madeAt: ago(25 * HOUR), position: 9 } }, 0],
    [
      'a day is over, and somebody is at work',
      { newest: { madeAt: ago(25 * HOUR), position: 9 }, appendedAt: ago(0) },
      2 * MINUTE,
    ],
    [
      'somebody has been at work for two hours since it was due: at once',
      { newest: { madeAt: ago(26 * HOUR), position: 9 }, appendedAt: ago(0) },
      0,
    ],
    ['one failed: after a while', { failedAt: ago(5 * MINUTE) }, 10 * MINUTE],
    [
      'the clock was set back: a day from now',
      { newest: { madeAt: NOW + 900 * HOUR, position: 9 } },
      24 * HOUR,
    ],
  ])('%s', (_what, situation, expected) => {
    const usual = { now: NOW, head: 10, newest: null, appendedAt: null, failedAt: null };
    expect(waitForBackup({ ...usual, ...situation })).toBe(expected);
  });
});
