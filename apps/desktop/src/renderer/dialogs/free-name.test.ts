import { describe, expect, it } from '@jest/globals';
import { freeName } from './free-name.ts';

describe('freeName', () => {
  it.each([
    [[], 'Claude'],
    [['Work'], 'Claude'],
    [['Claude'], 'Claude 2'],
    [['claude', 'CLAUDE 2'], 'Claude 3'],
    [['Claude', 'Claude 3'], 'Claude 2'],
  ])('beside %j it is %s', (taken, name) => {
    expect(freeName('Claude', taken)).toBe(name);
  });
});
