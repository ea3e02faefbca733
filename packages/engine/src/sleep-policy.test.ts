import { describe, expect, it } from '@jest/globals';
import { created, happened, sessionId, tableOf } from '../test/recorded-events.ts';
import { sessionsToSleep } from './sleep-policy.ts';

const [a, b, c] = [sessionId(1), sessionId(2), sessionId(3)];
const rows = Object.values(
  tableOf(created(a), created(b), created(c), happened('SessionActivated', a)).sessions,
);

describe('sessionsToSleep', () => {
  it.each([
    ['nothing within the cap', a, 3, []],
    ['the least recently active one', a, 2, [b]],
    ['as many as it takes', a, 1, [b, c]],
    ['never the one shown', b, 2, [c]],
    ['the one shown not even when the cap is lower than one', a, 0, [b, c]],
    ['anyone when none is shown', null, 1, [b, c]],
  ])('picks %s', (_, shown, cap, expected) => {
    expect(sessionsToSleep(rows, shown, cap)).toEqual(expected);
  });
});
